import { useCallback, useEffect, useState } from "react";
import type { BackupsView, Examined } from "#contract/ipc/backup-intents.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { FoundBackup } from "#contract/worker/backup-messages.ts";
import { send } from "../../../till-client.ts";
import { useAsked } from "../use-asked.ts";

/** How far a backup is, told while it runs. */
const askEveryMs = 500;
const askBackups = () => send("backups", {});

export interface BackupsDesk {
  /** Null until main has answered the first time. */
  readonly view: BackupsView | null;
  /** Null until the folder has answered; a slow stick takes a while. */
  readonly found: readonly FoundBackup[] | null;
  readonly fault: IntentFault | null;
  readonly chooseFolder: () => Promise<void>;
  readonly setTime: (dailyAtMinutes: number) => Promise<void>;
  readonly backUpNow: () => Promise<void>;
  /** `name` null: of a file that the person chooses. */
  readonly examine: (name: string | null) => Promise<Examined>;
}

/** The till's backups, as main has them, asked for again and again while the page is open. */
export function useBackups(): BackupsDesk {
  const { view, fault, setView, setFault } = useAsked(askBackups, askEveryMs);
  const [found, setFound] = useState<readonly FoundBackup[] | null>(null);
  // Another folder, or one more in it: the list is another.
  const listKey = view === null ? null : `${view.folder} ${view.last?.name}`;
  useEffect(() => {
    if (listKey === null) return undefined;
    let isOpen = true;
    void send("list-backups", {}).then((answer) => {
      // A folder that is away is told by the backup's own trouble.
      if (isOpen) setFound(answer.ok ? answer.value : []);
    });
    return () => {
      isOpen = false;
    };
  }, [listKey]);
  const change = useCallback(
    async (asked: Promise<Awaited<ReturnType<typeof send<"back-up-now">>>>): Promise<void> => {
      const answer = await asked;
      setFault(answer.ok ? null : answer.fault);
      if (answer.ok) setView(answer.value);
    },
    [setView, setFault],
  );
  return {
    ...{ view, found, fault },
    chooseFolder: useCallback(() => change(send("choose-backup-folder", {})), [change]),
    setTime: useCallback((dailyAtMinutes) => change(send("set-backup-time", { dailyAtMinutes })), [change]),
    backUpNow: useCallback(() => change(send("back-up-now", {})), [change]),
    examine: useCallback(
      async (name) => {
        const answer = await send("examine-backup", { name });
        setFault(answer.ok ? null : answer.fault);
        return answer.ok ? answer.value : null;
      },
      [setFault],
    ),
  };
}
