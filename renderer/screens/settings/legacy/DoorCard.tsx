import { IconWorldShare } from "@tabler/icons-react";
import type { LegacyDoorView } from "#contract/ipc/legacy-intents.ts";
import { CopyFact } from "./CopyFact.tsx";
import { useLegacyText } from "./legacy-texts.ts";

/** Where an old till on the network sends to, and whom it pins. */
export function DoorCard({ view }: { readonly view: LegacyDoorView }) {
  const text = useLegacyText();
  const { state, url, fingerprint } = view;
  const words = state === "off" ? "door.off" : state === "open" ? "door.open" : "door.waiting";
  return (
    <section className="settings-card" data-testid="legacy-card" data-state={state}>
      <h3>
        <IconWorldShare size={22} aria-hidden />
        {text("door")}
      </h3>
      <p className="settings-soft">{text(words)}</p>
      {state === "open" && (
        <>
          <CopyFact label={text("url")} value={url} testId="legacy-url" />
          <CopyFact label={text("fingerprint")} value={fingerprint} testId="legacy-fingerprint" />
        </>
      )}
    </section>
  );
}
