import { type ChildProcess, execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { until } from "./poll.ts";
import { shiftedClock } from "./shifted-clock.ts";

const main = fileURLToPath(new URL("../../headoffice/main.ts", import.meta.url));
const run = promisify(execFile);

/** `node headoffice/main.ts` as a shop's company runs it: a process of its own that can be killed and started again. */
export interface HeadOfficeProcess {
  /** The same after every start. */
  readonly port: number;
  /** A command beside the server, such as `enrol-code`; what it says. */
  command(...args: readonly string[]): Promise<string>;
  /** What it has said on standard output since its last start. */
  said(): string;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  /** Listens when it resolves; by a clock that is off by so many milliseconds. */
  start(clockOffMs?: number): Promise<void>;
}

/** @param serving more of what `serve` is told */
export async function openHeadOfficeProcess(
  dataDir: string,
  serving: readonly string[] = [],
): Promise<HeadOfficeProcess> {
  let child: ChildProcess | null = null;
  let port = 0;
  let text = "";
  const data = ["--data-dir", join(dataDir, "office")];

  async function start(clockOffMs = 0): Promise<void> {
    const { preload, env } = shiftedClock(clockOffMs);
    const started = spawn(process.execPath, ["--require", preload, main, ...data, ...serving, "--port", String(port)], {
      ...{ stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } },
    });
    child = started;
    text = "";
    started.stdout.on("data", (bytes: Buffer) => (text += bytes.toString()));
    let complaint = "";
    started.stderr.on("data", (bytes: Buffer) => (complaint = bytes.toString()));
    port = await until("head office is ready", () => {
      if (started.exitCode !== null) throw new Error(`head office ended: ${complaint}`);
      return Number(/head office ready on http:\/\/[^:]+:(\d+)/.exec(text)?.[1] ?? 0) || null;
    });
  }

  await start();
  return {
    get port() {
      return port;
    },
    said: () => text,
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
