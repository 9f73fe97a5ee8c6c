import { type ChildProcess, execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { until } from "./poll.ts";

const main = fileURLToPath(new URL("../../headoffice/main.ts", import.meta.url));
const run = promisify(execFile);

/** `node headoffice/main.ts` as a shop's company runs it: a process of its own that can be killed and started again. */
export interface HeadOfficeProcess {
  /** The same after every start. */
  readonly port: number;
  /** A command beside the server, such as `enrol-code`; what it says. */
  command(...args: readonly string[]): Promise<string>;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  /** Listens when it resolves. */
  start(): Promise<void>;
}

export async function openHeadOfficeProcess(dataDir: string): Promise<HeadOfficeProcess> {
  let child: ChildProcess | null = null;
  let port = 0;
  const data = ["--data-dir", join(dataDir, "office")];

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [main, ...data, "--port", String(port)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    let text = "";
    started.stdout.on("data", (bytes: Buffer) => (text += bytes.toString()));
    // Read, so that a full pipe does not stop it.
    started.stderr.on("data", () => {});
    port = await until(
      "head office is ready",
      () => Number(/head office ready on http:\/\/[^:]+:(\d+)/.exec(text)?.[1] ?? 0) || null,
    );
  }

  await start();
  return {
    get port() {
      return port;
    },
    async command(...args) {
      const { stdout } = await run(process.execPath, [main, ...args, ...data]);
      return stdout.trim();
    },
    async kill() {
      const gone = child;
      child = null;
      if (gone === null || gone.exitCode !== null) return;
      const ended = new Promise<void>((resolve) => gone.once("exit", () => resolve()));
      gone.kill("SIGKILL");
      await ended;
    },
    start,
  };
}
