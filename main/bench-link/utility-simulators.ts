import { PassThrough } from "node:stream";
import { utilityProcess } from "electron";
import type { SimulatorsProcess } from "#main/bench-link/simulators.ts";

/** Starts the gateway simulator and the device twins as an Electron utility process. */
export function spawnUtilitySimulators(entry: string, stateDir: string): SimulatorsProcess {
  const child = utilityProcess.fork(entry, ["--state-dir", stateDir], {
    serviceName: "simulators",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stdout = new PassThrough();
  child.stdout?.pipe(stdout);
  return {
    stdout,
    onExit: (listener) => void child.once("exit", listener),
    kill: () => void child.kill(),
  };
}
