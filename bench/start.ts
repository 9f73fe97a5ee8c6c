import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { assert } from "#core/result.ts";
import { buildIfStale } from "#scripts/build.ts";
import { launchSpec, type LaunchSpec } from "#scripts/electron-runtime.ts";
import { openPty } from "#tests/support/pty.ts";
import { openShop } from "#tests/support/shop.ts";
import { type BenchOptions, benchResult, distributionOf, type BenchResult, type Distribution } from "./result.ts";
import { type SeededDirectory, withTerminal } from "./support/seeded-till.ts";

const starts = 8;
const budget = { ratio: 2 } as const;
/** With a year of data, beside the empty window and beside a till that has none. */
const seededBudget = { ratio: 1.5 } as const;
const sameBudget = { ratio: 1.1 } as const;
const emptyWindow = fileURLToPath(new URL("support/empty-window.mjs", import.meta.url));

/**
 * From starting the program to ready to scan (window painted, scanner's serial port open), on a data directory with the
 * demo store's items, beside an Electron program that only opens an empty window. Taken in turns, in one run.
 */
export async function run({ seeded }: BenchOptions): Promise<readonly BenchResult[]> {
  await buildIfStale();
  const scanner = await openPty("scanner");
  const transport = { kind: "serial", path: scanner.path } as const;
  const shop = await openShop({ devices: { scanners: [{ id: "scanner-1", transport }] } });
  try {
    if (seeded === null) return await startAlone(shop.dataDir);
    const devices = { scanners: [{ id: "scanner-1", transport }] };
    return await withTerminal(seeded.dataDir, { devices }, () => startBeside(seeded, shop.dataDir));
  } finally {
    await shop.close();
    await scanner.unplug();
  }
}

async function startAlone(dataDir: string): Promise<readonly BenchResult[]> {
  const [measured, empty] = await inTurns([launchSpec(["--data-dir", dataDir]), emptyProgram()]);
  return [against("start to ready-to-scan", measured, empty, budget)];
}

/** A till with a year behind it, one with nothing, and the empty window: what is in the files must not be felt. */
async function startBeside(seeded: SeededDirectory, dataDir: string): Promise<readonly BenchResult[]> {
  const tills = [seeded.dataDir, dataDir].map((of) => launchSpec(["--data-dir", of]));
  const [big, small, empty] = await inTurns([...tills, emptyProgram()]);
  return [
    against(`start to ready-to-scan, ${seeded.size}`, big, empty, seededBudget),
    against(`start: ${seeded.size} against a till with nothing sold`, big, small, sameBudget),
  ];
}

function emptyProgram(): LaunchSpec {
  const scratch = mkdtempSync(join(tmpdir(), "empty-window-"));
  return launchSpec([`--user-data-dir=${scratch}`], { app: emptyWindow });
}

/** One start of each, again and again, so that whatever else the machine does meets all of them. */
async function inTurns(specs: readonly LaunchSpec[]): Promise<readonly Distribution[]> {
  // The first start of a data directory makes its files; it happens once in a till's life.
  for (const spec of specs) await timeStart(spec);
  const times = specs.map((): number[] => []);
  for (let turn = 0; turn < starts; turn += 1)
    for (const [index, spec] of specs.entries()) times[index]?.push(await timeStart(spec));
  return times.map(distributionOf);
}

function against(
  name: string,
  measured: Distribution | undefined,
  limit: Distribution | undefined,
  promised: { readonly ratio: number },
): BenchResult {
  assert(measured !== undefined && limit !== undefined, "each was started");
  const facts = { limit: limit.p50, ratio: measured.p50 / limit.p50, budget: promised };
  return benchResult({ name, unit: "ms", ...measured, ...facts });
}

/** Milliseconds until the program prints its ready line; it is ended afterwards. */
async function timeStart(spec: LaunchSpec): Promise<number> {
  const began = performance.now();
  const child = spawn(spec.executable, [...spec.args], { env: spec.env, stdio: ["ignore", "pipe", "ignore"] });
  const gone = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("ready")) break;
  }
  const tookMs = performance.now() - began;
  child.kill("SIGTERM");
  await gone;
  return tookMs;
}
