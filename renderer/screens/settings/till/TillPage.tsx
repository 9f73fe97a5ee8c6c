import "./shop-settings.css";
import { IconCircleCheck } from "@tabler/icons-react";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { useKeys } from "../../../till/keys.ts";
import { SettingsNote } from "../SettingsNote.tsx";
import { DayCard } from "./DayCard.tsx";
import { LanguageCard } from "./LanguageCard.tsx";
import { LookCard } from "./LookCard.tsx";
import { MachineCard } from "./MachineCard.tsx";
import { ScreensCard } from "./ScreensCard.tsx";
import { useShopSettingsText } from "./shop-settings-texts.ts";
import { useSettings } from "./use-settings.ts";

/** What this till speaks, how it looks and sounds, when its day ends, and on which screens it stands. */
export function TillPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useShopSettingsText();
  const tillText = useTillText();
  const place = useClockPlace();
  const { view, fault, saved, change } = useSettings();
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  const trouble = fault === null ? null : <TroubleNote text={faultText(fault, tillText, place)} />;
  if (view === null) return trouble;
  return (
    <div className="settings-scroll" data-testid="till-page">
      <div className="settings-head">
        <h2>{text("till.title")}</h2>
      </div>
      {trouble}
      {trouble === null && saved !== null && (
        <SettingsNote tone="good" icon={IconCircleCheck} testId="till-saved" sentence={text("till.saved")} />
      )}
      <LookCard view={view} change={change} />
      <LanguageCard view={view} change={change} />
      {/* Another schedule is another card: nothing half chosen stays. */}
      <DayCard key={JSON.stringify(view.day)} view={view} change={change} />
      <ScreensCard view={view} change={change} />
      <MachineCard view={view} change={change} />
    </div>
  );
}
