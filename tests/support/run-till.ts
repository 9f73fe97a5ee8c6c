import { spawn } from "node:child_process";
import { launchSpec } from "#scripts/electron-runtime.ts";

/** The till as `npm start` starts it, with nobody looking into its windows: only what it says and how it ends. */
export interface RunningTill {
  /** What it said on the console so far, both streams. */
  console(): string;
  /** Its exit code, once it has ended by itself; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

/** @param more added to this process's environment */
export function runTill(dataDir: string, more: Readonly<Record<string, string>> = {}): RunningTill {
  const { executable, args, env } = launchSpec(["--data-dir", dataDir], { env: more });
  const child = spawn(executable, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (text += bytes.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return {
    console: () => text,
    ended,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
