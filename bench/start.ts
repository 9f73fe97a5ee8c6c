import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "#scripts/build.ts";
import { launchSpec, type LaunchSpec } from "#scripts/electron-runtime.ts";
import { openPty } from "#tests/support/pty.ts";
import { openShop } from "#tests/support/shop.ts";
import { benchResult, distributionOf, type BenchResult } from "./result.ts";

const starts = 8;
const budget = { ratio: 2 } as const;
const emptyWindow = fileURLToPath(new URL("support/empty-window.mjs", import.meta.url));

/**
 * From starting the program to ready to scan (window painted, scanner's serial port open), on a data directory with the
 * demo store's items, beside an Electron program that only opens an empty window. Taken in turns, in one run.
 */
export async function run(): Promise<readonly BenchResult[]> {
  await buildIfStale();
  const scanner = await openPty("scanner");
  const transport = { kind: "serial", path: scanner.path } as const;
  const shop = await openShop({ devices: { scanners: [{ id: "scanner-1", transport }] } });
  try {
    const till = launchSpec(["--data-dir", shop.dataDir]);
    const scratch = mkdtempSync(join(tmpdir(), "empty-window-"));
    const empty = launchSpec([`--user-data-dir=${scratch}`], { app: emptyWindow });
    // The first start of a data directory makes its files; it happens once in a till's life.
    await timeStart(till);
    await timeStart(empty);
    const tills: number[] = [];
    const empties: number[] = [];
    for (let turn = 0; turn < starts; turn += 1) {
      empties.push(await timeStart(empty));
      tills.push(await timeStart(till));
    }
    const measured = distributionOf(tills);
    const limit = distributionOf(empties).p50;
    return [
      benchResult({
        name: "start to ready-to-scan",
        unit: "ms",
        ...measured,
        limit,
        ratio: measured.p50 / limit,
        budget,
      }),
    ];
  } finally {
    await shop.close();
    await scanner.unplug();
  }
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
