import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { WriterProcess } from "./writer-process.ts";

const entry = fileURLToPath(new URL("./entry.ts", import.meta.url));

/** The real writer as a plain Node child, for tests and measurements. */
export function spawnNodeWriter(path: string): WriterProcess & { readonly pid: number | undefined } {
  // Pages are bytes: JSON between the two would make lists of numbers of them.
  const child = fork(entry, [path], { stdio: ["ignore", "inherit", "inherit", "ipc"], serialization: "advanced" });
  return {
    pid: child.pid,
    postMessage: (request) => void child.send(request, () => {}),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.once("exit", (code, signal) => listener(signal ?? `exit code ${code}`)),
    kill: () => void child.kill("SIGKILL"),
  };
}
