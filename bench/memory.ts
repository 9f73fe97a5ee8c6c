import { assert } from "#core/result.ts";
import { buildIfStale } from "#scripts/build.ts";
import type { TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import type { Pty } from "#tests/support/pty.ts";
import { tillOn } from "#tests/support/processes.ts";
import { type BenchOptions, benchResult, distributionOf, type BenchResult } from "./result.ts";
import { memoryOfSelling } from "./support/memory-of-selling.ts";
import { groupMiB } from "./support/group-memory.ts";
import { openScanningTill } from "./support/scanning-till.ts";

const scanCount = 100_000;
/** A basket that is paid in cash before the next begins: its lines stay below what one sale may hold. */
const basketScans = 500;
const itemCount = 30;
/** Sales on a seeded directory. */
const soldCount = 20_000;
/** Codes on the line at once: more than a till has waiting, fewer than the port's buffers hold. */
const burst = 50;
/** Memory grows while caches fill and engines warm up; from here on it has no reason to. */
const warmShare = 0.2;

const budget = { ratio: 1.1 } as const;

/**
 * The memory of all the till's processes over 100,000 scans from a serial port (a pty), paid for and printed on the
 * screen's paper in 200 sales: proportional set size at the end beside that of the warm till.
 */
export async function run({ rows, seeded }: BenchOptions): Promise<readonly BenchResult[]> {
  await buildIfStale();
  if (seeded !== null) return memoryOfSelling(seeded, rows ?? soldCount);
  const { till, scanner, dataDir, barcodes, close } = await openScanningTill({ itemCount });
  try {
    const group = tillOn(dataDir);
    assert(group !== null, "the till is running");
    const samples: number[] = [];
    for (let scanned = 0; scanned < scanCount; scanned += basketScans) {
      await scanBasket(till, scanner, barcodes);
      await payCash(till);
      samples.push(groupMiB(group));
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
