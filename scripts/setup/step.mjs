import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

// Everything in this folder runs on whatever Node (20 or later) the machine has, before anything is installed:
// plain JavaScript, Node's own modules only.

/** The project's root directory. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A set-up step that cannot go on. Its message is the one sentence the reader sees. */
export class SetupFailure extends Error {}

/**
 * One line on standard output about what the set-up is doing.
 * @param {string} line
 */
export function say(line) {
  console.log(`set-up: ${line}`);
}

/**
 * Runs a program to its end and returns how it went; a program that is not there counts as failed.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ show?: boolean, timeoutMs?: number, env?: NodeJS.ProcessEnv, cwd?: string }} [options] `show` lets the
 *   program write to this terminal; otherwise its output comes back as text.
 * @returns {{ ok: boolean, output: string, lastLine: string }}
 */
export function run(program, args, options = {}) {
  const done = spawnSync(program, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    encoding: "utf8",
    stdio: options.show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    maxBuffer: 64 * 1024 * 1024,
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs, killSignal: "SIGKILL" }),
  });
  const output = done.stdout ?? "";
  const everything = [output, done.stderr, done.error?.message].join("\n").trim();
  return { ok: done.status === 0, output, lastLine: everything.split("\n").at(-1)?.trim() ?? "" };
}

/**
 * Runs npm as the reader's own npm command runs: the same npm on the same Node where we were started by npm.
 * @param {readonly string[]} args
 * @param {{ show?: boolean, cwd?: string }} [options]
 */
export function npm(args, options = {}) {
  const cli = process.env["npm_execpath"];
  if (cli?.endsWith(".js")) return run(process.env["npm_node_execpath"] ?? process.execPath, [cli, ...args], options);
  return run(process.platform === "win32" ? "npm.cmd" : "npm", args, options);
}
