import { contextBridge, ipcRenderer, type IpcRendererEvent } from "electron";
import type { BenchBridge } from "../contract/ipc/bridge.ts";
import { benchChannel, benchEventChannel } from "../contract/ipc/channels.ts";

/** The Device bench talks to the twins through main; the window exists in demo mode only. */
const bridge: BenchBridge = {
  control: (method, path, body) => ipcRenderer.invoke(benchChannel, method, path, body),
  onEvent(listener) {
    const forward = (_event: IpcRendererEvent, topic: string): void => listener(topic);
    ipcRenderer.on(benchEventChannel, forward);
    return () => ipcRenderer.removeListener(benchEventChannel, forward);
  },
};

contextBridge.exposeInMainWorld("tillwayBench", Object.freeze(bridge));
