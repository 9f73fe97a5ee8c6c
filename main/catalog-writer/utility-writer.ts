import { utilityProcess } from "electron";
import type { SpawnWriter } from "./writer-process.ts";

/** Starts the catalogue's writer as an Electron utility process. */
export function spawnUtilityWriter(entry: string): SpawnWriter {
  return (path) => {
    const child = utilityProcess.fork(entry, [path], { serviceName: "catalog-writer", stdio: "inherit" });
    return {
      postMessage: (request) => child.postMessage(request),
      onMessage: (listener) => void child.on("message", listener),
      onExit: (listener) => void child.once("exit", (code) => listener(`exit code ${code}`)),
      kill() {
        // Not child.kill(), which asks by SIGTERM: one that hangs does not hear it.
        if (child.pid !== undefined) process.kill(child.pid, "SIGKILL");
      },
    };
  };
}
