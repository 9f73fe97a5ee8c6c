import { utilityProcess } from "electron";
import type { WorkerProcess } from "./worker-process.ts";

/** Starts the worker as an Electron utility process. */
export function spawnUtilityWorker(entry: string): WorkerProcess {
  const child = utilityProcess.fork(entry, [], { serviceName: "worker", stdio: "inherit" });
  return {
    postMessage: (request) => child.postMessage(request),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.once("exit", (code) => listener(`exit code ${code}`)),
    kill() {
      // Not child.kill(), which asks by SIGTERM: a worker that hangs does not hear it.
      if (child.pid !== undefined) process.kill(child.pid, "SIGKILL");
    },
  };
}
