import { PassThrough } from "node:stream";
import { utilityProcess } from "electron";
import type { OfficeProcess } from "./office-process.ts";

/** Starts head office, or one of its commands, as an Electron utility process. */
export function spawnUtilityOffice(entry: string, args: readonly string[]): OfficeProcess {
  const child = utilityProcess.fork(entry, [...args], {
    serviceName: "head-office",
    stdio: ["ignore", "pipe", "pipe"],
    env: ownEnvironment(),
  });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  child.stdout?.pipe(stdout);
  child.stderr?.pipe(stderr);
  return {
    ...{ stdout, stderr },
    onExit: (listener) => void child.once("exit", listener),
    end: () => void child.kill(),
    kill() {
      // Not child.kill(), which asks by SIGTERM: one that hangs does not hear it.
      if (child.pid !== undefined) process.kill(child.pid, "SIGKILL");
    },
  };
}

/** Without the database of a real head office that this user may have named: the demo store keeps to its own. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const { HEADOFFICE_DATABASE_URL: _real, ...own } = process.env;
  return own;
}
