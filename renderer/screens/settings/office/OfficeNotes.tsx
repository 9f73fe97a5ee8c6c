import { IconAlertOctagonFilled, IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import type { OfficeView } from "#contract/ipc/office-view.ts";
import type { SyncTrouble } from "#contract/ipc/sync-view.ts";
import { useSyncText } from "../../sync/sync-texts.ts";
import { SettingsNote } from "../SettingsNote.tsx";

/** What has just been done on this page. */
export type Done =
  | { readonly kind: "saved" | "relay-saved" | "relay-out" }
  | { readonly kind: "enrolled"; readonly office: string };

const savedWords = {
  saved: "office.address.saved",
  "relay-saved": "office.relay.saved",
  "relay-out": "office.relay.out",
} as const;

/** What is to be read before anything is pressed: what was done, what is wrong, and that a demo has no head office. */
export function OfficeNotes(props: {
  readonly done: Done | null;
  readonly trouble: SyncTrouble | null;
  readonly shop: OfficeView["shop"];
}) {
  const { done, trouble, shop } = props;
  const text = useSyncText();
  return (
    <>
      {done?.kind === "enrolled" && (
        <SettingsNote
          tone="good"
          icon={IconCircleCheck}
          testId="office-enrolled"
          sentence={text("office.enrolled", { office: done.office })}
          next={text("office.enrolled.next")}
        />
      )}
      {done !== null && done.kind !== "enrolled" && (
        <SettingsNote tone="good" icon={IconCircleCheck} testId="office-saved" sentence={text(savedWords[done.kind])} />
      )}
      {trouble !== null && (
        <SettingsNote
          tone="grave"
          icon={IconAlertOctagonFilled}
          testId="office-trouble"
          sentence={text(`trouble.${trouble}`)}
          next={text(`trouble.${trouble}.next`)}
        />
      )}
      {shop === "demo" && (
        <SettingsNote
          tone="plain"
          icon={IconInfoCircle}
          sentence={text("office.demo")}
          next={text("office.demo.next")}
        />
      )}
    </>
  );
}
