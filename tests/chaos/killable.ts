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
  /** SIGTERM: it ends in order. */
  end(): Promise<number | null>;
  /** What it answers on its channel; null from one that has none, has ended or is silent too long. */
  ask(word: string): Promise<unknown>;
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
  /** For Node itself, before the script; with them it gets a channel to be asked on. */
  readonly nodeArgs?: readonly string[];
}

const mostComplaints = 200;
/** A process that is busy or dying is not waited for longer. Milliseconds. */
const answerMs = 5_000;

export function killable({ name, script, args, onLine, complaints, cache, nodeArgs = [] }: KillableFacts): Killable {
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
      const started = spawn(process.execPath, [...nodeArgs, join(projectRoot, script), ...args()], {
        cwd: projectRoot,
        env: { ...process.env, NODE_COMPILE_CACHE: cache },
        stdio: ["pipe", "pipe", "pipe", ...(nodeArgs.length > 0 ? (["ipc"] as const) : [])],
      });
      child = started;
      const { stdin, stdout, stderr } = started;
      if (stdin === null || stdout === null || stderr === null) throw new Error("three pipes");
      stdin.on("error", () => {}); // it may be gone before it has read
      createInterface({ input: stdout }).on("line", (line) => {
        if (onLine(line) && child === started) isReady = true;
      });
      createInterface({ input: stderr }).on("line", complain);
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
    async end() {
      child?.kill("SIGTERM");
      return gone;
    },
    ask: (word) => answerOf(child, word),
    say: (word) => void child?.stdin?.write(`${word}\n`),
    ended: () => gone,
  };
}

function answerOf(child: ChildProcess | null, word: string): Promise<unknown> {
  if (child === null || !child.connected) return Promise.resolve(null);
  return new Promise((resolve) => {
    const tell = (answer: unknown) => {
      clearTimeout(late);
      child.off("message", tell).off("exit", silent);
      resolve(answer);
    };
    const silent = () => tell(null);
    const late = setTimeout(silent, answerMs);
    child.once("message", tell).once("exit", silent);
    child.send(word, (error) => void (error === null || silent()));
  });
}
