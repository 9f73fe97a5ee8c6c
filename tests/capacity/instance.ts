import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { DatabaseChoice } from "#headoffice/store/open-store.ts";
import { until } from "#tests/support/poll.ts";

const main = fileURLToPath(new URL("../../headoffice/main.ts", import.meta.url));
/** A machine whose cores are all busy takes this long to start a process. Milliseconds. */
const startWithinMs = 60_000;

/** One `node headoffice/main.ts`. */
export interface Instance {
  readonly port: number;
  readonly pid: number;
  /** What it has printed on standard output. */
  printed(): string;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  /** SIGTERM: answers under way are finished. */
  end(): Promise<void>;
}

/** @param port 0 for any free one */
export async function startInstance(database: DatabaseChoice, dataDir: string, port = 0): Promise<Instance> {
  const where = database.kind === "sqlite" ? ["--data-dir", dataDir] : [];
  const env = database.kind === "postgres" ? { HEADOFFICE_DATABASE_URL: database.url } : {};
  const child = spawn(process.execPath, [main, ...where, "--port", String(port)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let text = "";
  let complaint = "";
  child.stdout.on("data", (bytes: Buffer) => (text += bytes.toString()));
  // Read, so that a full pipe does not stop it; the end of it tells why one did not start.
  child.stderr.on("data", (bytes: Buffer) => (complaint = `${complaint}${bytes.toString()}`.slice(-2_000)));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const listening = await until(
    "an instance is ready",
    () => {
      if (child.exitCode !== null) throw new Error(`an instance ended: ${complaint}`);
      return Number(/head office ready on http:\/\/[^:]+:(\d+)/.exec(text)?.[1] ?? 0) || null;
    },
    startWithinMs,
  );
  const endBy = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    port: listening,
    pid: child.pid ?? 0,
    printed: () => text,
    kill: () => endBy("SIGKILL"),
    end: () => endBy("SIGTERM"),
  };
}
