import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { WorkerProcess } from "./worker-process.ts";

const entry = fileURLToPath(new URL("../worker/entry.ts", import.meta.url));

/** The real worker as a plain Node child, for tests. */
export function spawnNodeWorker(): WorkerProcess & { readonly pid: number | undefined } {
  const child = fork(entry, [], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  return {
    pid: child.pid,
    postMessage: (request) => void child.send(request, () => {}),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.once("exit", (code, signal) => listener(signal ?? `exit code ${code}`)),
    kill: () => void child.kill("SIGKILL"),
  };
}
