import { useEffect, useState } from "react";
import type { BackupsView } from "#contract/ipc/backup-intents.ts";
import { pageStore } from "../../../till/desk.ts";
import { createStore } from "../../../till/store.ts";
import { send } from "../../../till-client.ts";

/** True while the settings were opened for the sake of backups. */
export const wantsBackupsStore = createStore<boolean>(false);

/** The page of backups, from the manager's day. */
export function openBackupPage(): void {
  wantsBackupsStore.set(true);
  pageStore.set("settings");
}

/** How backups stand, asked once; null until main has answered, and in training. */
export function useBackupStanding(): BackupsView | null {
  const [view, setView] = useState<BackupsView | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void send("backups", {}).then((answer) => {
      if (isCurrent && answer.ok) setView(answer.value);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  return view;
}
