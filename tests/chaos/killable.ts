import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { projectRoot } from "#scripts/electron-runtime.ts";

/** A process that is killed again and again, and started anew on the same files. */
export interface Killable {
  readonly name: string;
  /** Whether the process that runs now has said that it is ready. */
  isReady(): boolean;
  isRunning(): boolean;
  start(): void;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  say(word: string): void;
  /** How often it ended without being told to. */
  crashes(): number;
  /** Resolves with its exit code when it has ended by itself. */
  ended(): Promise<number | null>;
}

export interface KillableFacts {
  readonly name: string;
  readonly script: string;
  readonly args: () => readonly string[];
  /** Of standard output, each line; says whether it is the one that means ready. */
  readonly onLine: (line: string) => boolean;
  /** What it said on standard error, for a run that fails; the last lines of each life. */
  readonly complaints: string[];
  /** Where Node keeps what it compiled, so that the next life starts sooner. */
  readonly cache: string;
}

const mostComplaints = 200;

export function killable({ name, script, args, onLine, complaints, cache }: KillableFacts): Killable {
  let child: ChildProcess | null = null;
  let isReady = false;
  let isKilled = false;
  let crashes = 0;
  let gone: Promise<number | null> = Promise.resolve(null);

  function complain(line: string): void {
    complaints.push(`${name}: ${line}`);
    if (complaints.length > mostComplaints) complaints.shift();
  }

  return {
    name,
    isReady: () => isReady,
    crashes: () => crashes,
    isRunning: () => child !== null,
    start() {
      [isReady, isKilled] = [false, false];
      const started = spawn(process.execPath, [join(projectRoot, script), ...args()], {
        cwd: projectRoot,
        env: { ...process.env, NODE_COMPILE_CACHE: cache },
        stdio: ["pipe", "pipe", "pipe"],
      });
      child = started;
      started.stdin.on("error", () => {}); // it may be gone before it has read
      createInterface({ input: started.stdout }).on("line", (line) => {
        if (onLine(line) && child === started) isReady = true;
      });
      createInterface({ input: started.stderr }).on("line", complain);
      gone = new Promise((resolve) => {
        // Its last lines have been read when its pipes are closed.
        started.once("close", (code) => {
          if (child === started) child = null;
          if (code !== 0 && !isKilled) crashes += 1;
          resolve(code);
        });
      });
    },
    async kill() {
      isKilled = true;
      child?.kill("SIGKILL");
      await gone;
    },
    say: (word) => void child?.stdin?.write(`${word}\n`),
    ended: () => gone,
  };
}
