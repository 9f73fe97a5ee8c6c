import { ipcMain, type WebContents } from "electron";
import { displayChannel, displayReadyChannel } from "#contract/ipc/channels.ts";
import type { DisplayView } from "#contract/ipc/display-view.ts";
import { isTrustedSender } from "#main/ipc/trusted-sender.ts";

/** Answers the customer display's one question: what to show now. */
export function registerDisplay(displayContents: () => WebContents | null, view: () => Promise<DisplayView>): void {
  ipcMain.on(displayReadyChannel, (event) => {
    if (!isTrustedSender(event, displayContents())) return;
    const { sender } = event;
    void view().then((shown) => {
      if (!sender.isDestroyed()) sender.send(displayChannel, shown);
    });
  });
}
