import { IconAlertOctagonFilled, IconAlertTriangle, IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import type { LegacyDoorView } from "#contract/ipc/legacy-intents.ts";
import { SettingsNote } from "../SettingsNote.tsx";
import { useLegacyText } from "./legacy-texts.ts";

/** What is to be read first: what was saved, why the door does not open, and what somebody has to do. */
export function LegacyNotes({ view, isSaved }: { readonly view: LegacyDoorView; readonly isSaved: boolean }) {
  const text = useLegacyText();
  const { fault, shop, isKeyAnew, isTaken, serial } = view;
  const { host, port } = view.settings.https;
  return (
    <>
      {isSaved && fault === null && (
        <SettingsNote tone="good" icon={IconCircleCheck} testId="legacy-saved" sentence={text("saved")} />
      )}
      {fault !== null && (
        <SettingsNote
          tone="grave"
          icon={IconAlertOctagonFilled}
          testId="legacy-fault"
          sentence={text(`fault.${fault}`, { host, port: String(port) })}
          next={text(`fault.${fault}.next`)}
        />
      )}
      {isKeyAnew && (
        <SettingsNote
          tone="grave"
          icon={IconAlertTriangle}
          testId="legacy-anew"
          sentence={text("anew")}
          next={text("anew.next")}
        />
      )}
      {shop === "demo" && (
        <SettingsNote tone="plain" icon={IconInfoCircle} sentence={text("demo")} next={text("demo.next")} />
      )}
      {serial !== null && !isTaken && (
        <SettingsNote
          tone="grave"
          icon={IconAlertTriangle}
          testId="legacy-not-taken"
          sentence={text("not-taken")}
          next={text("not-taken.next")}
        />
      )}
    </>
  );
}
