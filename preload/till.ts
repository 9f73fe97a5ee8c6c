import { contextBridge, ipcRenderer, type IpcRendererEvent, webFrame } from "electron";
import type { TillBridge } from "../contract/ipc/bridge.ts";
import { intentChannel, soundChannel, viewChannel, zoomChannel } from "../contract/ipc/channels.ts";

/** The till window's only way out: intents to main, views and sounds from it. Main checks everything again. */
const bridge: TillBridge = {
  send: (intent, args) => ipcRenderer.invoke(intentChannel, intent, args),
  onView: (listener) => subscribe(viewChannel, listener),
  onSound: (listener) => subscribe(soundChannel, listener),
};

function subscribe<T>(channel: string, listener: (value: T) => void): () => void {
  const forward = (_event: IpcRendererEvent, value: T): void => listener(value);
  ipcRenderer.on(channel, forward);
  return () => ipcRenderer.removeListener(channel, forward);
}

// From here it is this window's alone; set by main it would be every window's of the same origin, the customer's too.
ipcRenderer.on(zoomChannel, (_event, factor: number) => webFrame.setZoomFactor(factor));

contextBridge.exposeInMainWorld("tillway", Object.freeze(bridge));
