import { contextBridge, ipcRenderer, type IpcRendererEvent } from "electron";
import type { TillBridge } from "../contract/ipc/bridge.ts";
import { intentChannel, soundChannel, viewChannel } from "../contract/ipc/channels.ts";

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

contextBridge.exposeInMainWorld("tillway", Object.freeze(bridge));
