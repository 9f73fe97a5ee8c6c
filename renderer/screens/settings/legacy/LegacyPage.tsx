import "./legacy.css";
import { useState } from "react";
import type { LegacyDoorView } from "#contract/ipc/legacy-intents.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { useKeys } from "../../../till/keys.ts";
import { DoorCard } from "./DoorCard.tsx";
import { DoorSettings } from "./DoorSettings.tsx";
import { LegacyNotes } from "./LegacyNotes.tsx";
import { useLegacyText } from "./legacy-texts.ts";
import { PairingsCard } from "./PairingsCard.tsx";
import { SerialCard } from "./SerialCard.tsx";
import { useLegacy } from "./use-legacy.ts";

const stateClasses = { off: "", opening: "", open: "settings-state-on", closed: "settings-state-off" } as const;

/** Old tills that take WeChat Pay by this one: the doors they come by, what they may, and which of them are heard. */
export function LegacyPage(props: { readonly onLeave: () => void; readonly onDevices: () => void }) {
  const { onLeave, onDevices } = props;
  const tillText = useTillText();
  const place = useClockPlace();
  const desk = useLegacy();
  const { view, fault } = desk;
  const [isSaved, setSaved] = useState(false);
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  const trouble = fault === null ? null : <TroubleNote text={faultText(fault, tillText, place)} />;
  if (view === null) return trouble;
  return (
    <div className="settings-scroll" data-testid="legacy-page">
      <Head state={view.state} />
      {trouble}
      <LegacyNotes view={view} isSaved={isSaved && fault === null} />
      <DoorCard view={view} />
      <DoorSettings
        // What was saved, here or by another, is another form: nothing half chosen stays.
        key={JSON.stringify(view.settings)}
        view={view}
        onSave={async (settings) => setSaved(await desk.save(settings))}
      />
      <PairingsCard view={view} desk={desk} />
      <SerialCard serial={view.serial} onDevices={onDevices} />
    </div>
  );
}

function Head({ state }: { readonly state: LegacyDoorView["state"] }) {
  const text = useLegacyText();
  return (
    <div className="legacy-head">
      <div className="settings-head">
        <h2>{text("title")}</h2>
        <span className={`settings-state ${stateClasses[state]}`} data-testid="legacy-state" data-state={state}>
          {text(`state.${state}`)}
        </span>
      </div>
      <p className="settings-soft">{text("lead")}</p>
    </div>
  );
}
