import { contextBridge, ipcRenderer, type IpcRendererEvent } from "electron";
import type { DisplayBridge } from "../contract/ipc/bridge.ts";
import { displayChannel, displayReadyChannel } from "../contract/ipc/channels.ts";
import type { DisplayView } from "../contract/ipc/display-view.ts";

/** The customer display only listens; it asks once for what stands on it now. */
const bridge: DisplayBridge = {
  onView(listener) {
    const forward = (_event: IpcRendererEvent, view: DisplayView): void => listener(view);
    ipcRenderer.on(displayChannel, forward);
    ipcRenderer.send(displayReadyChannel);
    return () => ipcRenderer.removeListener(displayChannel, forward);
  },
};

contextBridge.exposeInMainWorld("tillwayDisplay", Object.freeze(bridge));
