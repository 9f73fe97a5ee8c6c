import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { DiskOp } from "./disk-op.ts";
import { readTrace, tracedCalls } from "./read-trace.ts";

/** Longest a seller may take, on a machine where others work too. */
const sellerTimeoutMs = 120_000;

/** Longest single write that is recorded whole; SQLite writes pages of 4 KiB. */
const longestWrite = 1 << 20;

/** Lets a seller sell in `directory` and gives everything it asked of the disk. */
export function recordSeller(
  directory: string,
  sales: number,
  synchronous: "FULL" | "NORMAL",
): Promise<readonly DiskOp[]> {
  return recordProgram(directory, "seller.ts", [String(sales), synchronous]);
}

/**
 * Runs a program of this folder on `directory` and gives everything it asked of the disk. Needs Linux and strace; strace
 * rather than a preloaded library, because it needs no compiler and misses no call that a library makes by itself.
 */
export async function recordProgram(
  directory: string,
  name: string,
  args: readonly string[],
): Promise<readonly DiskOp[]> {
  const trace = `${directory}.trace`;
  const options = ["-f", "-y", "-xx", "--seccomp-bpf", "-qq", "-e", "signal=none", "-s", String(longestWrite)];
  const program = [process.execPath, join(import.meta.dirname, name), directory, ...args];
  const child = spawn("strace", [...options, "-e", `trace=${tracedCalls.join(",")}`, "-o", trace, ...program], {
    stdio: ["ignore", "ignore", "pipe"],
    timeout: sellerTimeoutMs,
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = `${errors}${text}`.slice(-4_000);
  });
  const ended: unknown[] = await once(child, "close").catch((error: unknown) => {
    throw new Error("the power-loss recorder needs Linux with strace (apt-get install strace)", { cause: error });
  });
  if (ended[0] !== 0) throw new Error(`${name} ended with ${ended.join(" ")}: ${errors}`);
  return readTrace(trace, directory);
}
