import { readdirSync, readFileSync } from "node:fs";
import { assert } from "#core/result.ts";
import { buildIfStale } from "#scripts/build.ts";
import type { TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import type { Pty } from "#tests/support/pty.ts";
import { tillOn } from "#tests/support/processes.ts";
import { benchResult, distributionOf, type BenchResult } from "./result.ts";
import { openScanningTill } from "./support/scanning-till.ts";

const scanCount = 100_000;
/** A basket that is paid in cash before the next begins: its lines stay below what one sale may hold. */
const basketScans = 500;
const itemCount = 30;
/** Codes on the line at once: more than a till has waiting, fewer than the port's buffers hold. */
const burst = 50;
/** Memory grows while caches fill and engines warm up; from here on it has no reason to. */
const warmShare = 0.2;

const budget = { ratio: 1.1 } as const;

/**
 * The memory of all the till's processes over 100,000 scans from a serial port (a pty), paid for and printed on the
 * screen's paper in 200 sales: proportional set size at the end beside that of the warm till.
 */
export async function run(): Promise<readonly BenchResult[]> {
  await buildIfStale();
  const { till, scanner, dataDir, barcodes, close } = await openScanningTill({ itemCount });
  try {
    const group = tillOn(dataDir);
    assert(group !== null, "the till is running");
    const samples: number[] = [];
    for (let scanned = 0; scanned < scanCount; scanned += basketScans) {
      await scanBasket(till, scanner, barcodes);
      await payCash(till);
      samples.push(memoryMiB(group));
    }
    return [grown(samples)];
  } finally {
    await close();
  }
}

function grown(samples: readonly number[]): BenchResult {
  const part = Math.round(samples.length * warmShare);
  const warm = distributionOf(samples.slice(part, part * 2));
  const end = distributionOf(samples.slice(-part));
  return benchResult({
    name: `memory over ${scanCount} scans, against the warm till`,
    unit: "MiB",
    ...end,
    limit: warm.p50,
    ratio: end.p50 / warm.p50,
    budget,
  });
}

async function scanBasket(till: TillUnderTest, scanner: Pty, barcodes: readonly string[]): Promise<void> {
  let { scanCount: heard } = (await till.view()).sale;
  for (let scanned = 0; scanned < basketScans; scanned += burst) {
    const codes = Array.from({ length: burst }, (_, place) => barcodes[(scanned + place) % barcodes.length]);
    scanner.write(codes.map((code) => `${code}\r`).join(""));
    heard += burst;
    await until("the burst was heard", async () => (await till.view()).sale.scanCount >= heard);
  }
}

async function payCash(till: TillUnderTest): Promise<void> {
  const { totalFen } = (await till.view()).sale;
  await till.send("take-payment", {});
  const paid = await till.send("pay-cash", { receivedFen: totalFen });
  assert(paid.ok, "a basket is paid in cash");
  await till.send("next-sale", {});
}

/** Proportional set size of a process group, which counts what processes share once. */
function memoryMiB(group: number): number {
  let kib = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const [, , pgrp] = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      if (Number(pgrp) !== group) continue;
      kib += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      // It ended between the listing and the look.
    }
  }
  return kib / 1_024;
}
