import { useCallback, useState } from "react";
import type { LegacyFilesConfig } from "#contract/config/legacy-files.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { LegacyFileAnswers, LegacyFilesView, OutgoingWritten } from "#contract/ipc/legacy-file-intents.ts";
import { send } from "../../../till-client.ts";
import { useAsked } from "../use-asked.ts";

/** A file that was written, or a folder that went away, is seen within two seconds. */
const askEveryMs = 2_000;
const askFiles = () => send("legacy-files", {});

type Refused = LegacyFileAnswers["save-legacy-files"]["refused"];

export interface FilesDesk {
  /** Null until main has answered the first time. */
  readonly view: LegacyFilesView | null;
  readonly fault: IntentFault | null;
  /** The folder that was refused at the last try to save. */
  readonly refused: Refused;
  /** True when it is on the disk and in use. */
  readonly save: (files: LegacyFilesConfig) => Promise<boolean>;
  /** With a business day what files had of it, again; null where it was refused. */
  readonly write: (of: "sales" | "days", day: string | null) => Promise<OutgoingWritten | null>;
  /** Null where the question was closed. */
  readonly chooseFolder: () => Promise<string | null>;
}

/** Files for other systems as main has them, asked for again and again while the page is open. */
export function useFiles(): FilesDesk {
  const { view, fault, setView, setFault } = useAsked(askFiles, askEveryMs);
  const [refused, setRefused] = useState<Refused>(null);
  const save = useCallback<FilesDesk["save"]>(
    async (files) => {
      const answer = await send("save-legacy-files", files);
      setFault(answer.ok ? null : answer.fault);
      if (!answer.ok) return false;
      const { refused: why, ...after } = answer.value;
      setRefused(why);
      setView(after);
      return why === null;
    },
    [setView, setFault],
  );
  const write = useCallback<FilesDesk["write"]>(
    async (of, day) => {
      const answer = await send("write-legacy-file", { of, day });
      setFault(answer.ok ? null : answer.fault);
      if (!answer.ok) return null;
      const { written, ...after } = answer.value;
      setView(after);
      return written;
    },
    [setView, setFault],
  );
  const chooseFolder = useCallback<FilesDesk["chooseFolder"]>(async () => {
    const answer = await send("choose-legacy-folder", {});
    setFault(answer.ok ? null : answer.fault);
    return answer.ok ? answer.value.folder : null;
  }, [setFault]);
  return { view, fault, refused, save, write, chooseFolder };
}
