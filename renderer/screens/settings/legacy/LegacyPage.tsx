import "./legacy.css";
import { useKeys } from "../../../till/keys.ts";
import { LegacyCard } from "./LegacyCard.tsx";
import { useLegacyText } from "./legacy-texts.ts";

/** Old tills that take WeChat Pay by this one: the door they come by, and which of them may. */
export function LegacyPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useLegacyText();
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  return (
    <div className="settings-scroll" data-testid="legacy-page">
      <div className="settings-head">
        <h2>{text("title")}</h2>
      </div>
      <LegacyCard />
    </div>
  );
}
