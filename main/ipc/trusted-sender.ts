import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from "electron";

/**
 * Whether a message comes from the main frame of the very window it should come from, showing our own page. A frame
 * that was navigated, an iframe or another window is refused.
 */
export function isTrustedSender(event: IpcMainEvent | IpcMainInvokeEvent, expected: WebContents | null): boolean {
  const frame = event.senderFrame;
  if (expected === null || frame === null || event.sender !== expected) return false;
  return frame === expected.mainFrame && new URL(frame.url).protocol === "app:";
}
