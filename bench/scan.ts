import { assert } from "#core/result.ts";
import { buildIfStale } from "#scripts/build.ts";
import type { TillUnderTest } from "#tests/support/open-till.ts";
import type { Pty } from "#tests/support/pty.ts";
import { type BenchOptions, benchResult, distributionOf, type BenchResult, type Distribution } from "./result.ts";
import { openScanningTill, type ScanningTill } from "./support/scanning-till.ts";
import { withSeededTill } from "./support/seeded-till.ts";
import { paintedTime } from "./support/selling.ts";

/** Scans measured a round, after the first ones that warm the caches of a fresh process. */
const measuredCount = 120;
const warmUpCount = 40;
/**
 * The quietest round is reported, by its p99: what the machine's other work does to a round says nothing of the till, and
 * a slow till has no quiet round.
 */
const rounds = 5;
/** Lines of a basket before it is held and the next begins: a shopping cart, not a stock list. */
const basketLines = 30;

const budget = { p99: 33 } as const;
/** The same figure for both sizes: at most this much slower with fifty times the items. */
const growthBudget = { ratio: 1.3 } as const;

/**
 * From the scanner's bytes on a serial port (a pty) to the painted line, in the real till, with a small and a large
 * catalogue. Beside it what the platform alone takes for a change of the page: one animation frame, painted.
 */
export async function run({ seeded }: BenchOptions): Promise<readonly BenchResult[]> {
  await buildIfStale();
  const small = await measureWith(2_000);
  if (seeded !== null) {
    const big = await withSeededTill(seeded, {}, measure);
    return [
      figure(`scan to painted line, ${seeded.size}`, big),
      grown(`scan: ${seeded.size} against 2,000 items and no sale`, big, small),
    ];
  }
  const large = await measureWith(100_000);
  return [
    figure("scan to painted line, 2,000 items", small),
    figure("scan to painted line, 100,000 items", large),
    grown("scan: 100,000 items against 2,000", large, small),
  ];
}

function grown(name: string, large: Measured, small: Measured): BenchResult {
  const growth = large.scans.p50 / small.scans.p50;
  const facts = { limit: small.scans.p50, ratio: growth, budget: growthBudget };
  return benchResult({ name, unit: "ms", ...large.scans, ...facts });
}

interface Measured {
  readonly scans: Distribution;
  readonly frames: Distribution;
}

function figure(name: string, { scans, frames }: Measured): BenchResult {
  return benchResult({ name, unit: "ms", ...scans, limit: frames.p50, ratio: scans.p50 / frames.p50, budget });
}

async function measureWith(itemCount: number): Promise<Measured> {
  const shop = await openScanningTill({ itemCount });
  try {
    return await measure(shop);
  } finally {
    await shop.close();
  }
}

async function measure({ till, scanner, barcodes }: ScanningTill): Promise<Measured> {
  await scanMany(till, scanner, barcodes, warmUpCount);
  const measured: Distribution[] = [];
  for (let round = 0; round < rounds; round += 1) {
    measured.push(distributionOf(await scanMany(till, scanner, barcodes, measuredCount)));
  }
  const [scans] = measured.toSorted((a, b) => a.p99 - b.p99);
  assert(scans !== undefined, "there is a quietest round");
  return { scans, frames: distributionOf(await frameTimes(till)) };
}

async function scanMany(
  till: TillUnderTest,
  scanner: Pty,
  barcodes: readonly string[],
  count: number,
): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    if (turn > 0 && turn % basketLines === 0) await till.send("hold-sale", { label: "" });
    // Far apart in the catalogue, so that no page of the index is warm from the scan before.
    const barcode = barcodes[(turn * 7919) % barcodes.length] ?? "";
    const before = (await till.view()).sale.scanCount;
    const writtenAt = performance.timeOrigin + performance.now();
    scanner.write(`${barcode}\r`);
    const paintedAt = await till.page.evaluate(paintedTime, `scan-painted:${before + 1}`);
    samples.push(paintedAt - writtenAt);
  }
  return samples;
}

/** What a change of the page costs at least: from asking for a frame until after its paint. */
async function frameTimes(till: TillUnderTest): Promise<readonly number[]> {
  return till.page.evaluate(async () => {
    const samples: number[] = [];
    while (samples.length < 100) {
      const began = performance.now();
      const { port1, port2 } = new MessageChannel();
      await new Promise((resolve) => {
        port1.addEventListener("message", resolve, { once: true });
        port1.start();
        requestAnimationFrame(() => port2.postMessage(null));
      });
      samples.push(performance.now() - began);
    }
    return samples;
  });
}
