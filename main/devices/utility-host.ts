import { utilityProcess } from "electron";
import { hostEnvironment, type HostProcess } from "#main/devices/host-process.ts";

/** Starts the device host as an Electron utility process. */
export function spawnUtilityHost(entry: string): HostProcess {
  const child = utilityProcess.fork(entry, [], {
    serviceName: "device host",
    env: { ...process.env, ...hostEnvironment },
    stdio: "inherit",
  });
  return {
    postMessage: (request) => child.postMessage(request),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.once("exit", (code) => listener(`exit code ${code}`)),
    kill() {
      // Not child.kill(), which asks by SIGTERM: a host stuck in a driver does not hear it.
      if (child.pid !== undefined) process.kill(child.pid, "SIGKILL");
    },
  };
}
