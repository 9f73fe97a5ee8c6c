import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { WorkerProcess } from "./worker-process.ts";

const entry = fileURLToPath(new URL("../worker/entry.ts", import.meta.url));

/**
 * The real worker as a plain Node child, for tests.
 * @param execArgv Node's own switches, such as `--max-old-space-size=40`
 */
export function spawnNodeWorker(
  execArgv: readonly string[] = [],
): WorkerProcess & { readonly pid: number | undefined } {
  const child = fork(entry, [], { execArgv: [...execArgv], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  return {
    pid: child.pid,
    postMessage: (request) => void child.send(request, () => {}),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.once("exit", (code, signal) => listener(signal ?? `exit code ${code}`)),
    kill: () => void child.kill("SIGKILL"),
  };
}
