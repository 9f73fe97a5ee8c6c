import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { assert } from "#core/result.ts";
import { createCatalogWriter } from "#main/catalog-writer/create-catalog-writer.ts";
import { spawnNodeWriter } from "#main/catalog-writer/testing-writer.ts";
import { type OpenCatalogStore, openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { until } from "#tests/support/poll.ts";
import { type BenchOptions, benchResult, type BenchResult, distributionOf } from "./result.ts";
import { insertBare } from "./support/bare-catalog.ts";
import { sampleCatalog } from "./support/sample-catalog.ts";
import { inScratchDirectory } from "./support/scratch-directory.ts";

/** How many rows, and how long they may take until every one is found by its name. Milliseconds. */
const sizes = [
  { count: 100_000, most: 20_000 },
  { count: 1_000_000, most: 120_000 },
] as const;
/** Between two scans while rows come in. Milliseconds. */
const betweenScansMs = 40;
/** A frame at 60 a second. Milliseconds. */
const scanBudget = { p99: 16 } as const;
const longMs = 1_800_000;

/**
 * An import through the catalogue's writer, as the till has it run beside the sales: until every row is in and sells, and
 * until it is found by its name. Beside it the bare insert of the same rows, and the scans of a cashier meanwhile.
 */
export async function run({ rows }: BenchOptions): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = [];
  for (const { count, most } of rows === null ? sizes : [{ count: rows, most: rows > 100_000 ? 120_000 : 20_000 }])
    results.push(...(await inScratchDirectory((folder) => imported(folder, count, most))));
  return results;
}

async function imported(folder: string, count: number, most: number): Promise<readonly BenchResult[]> {
  mkdirSync(join(folder, "bare"));
  const bareMs = insertBare(join(folder, "bare"), count);
  const opened = openCatalogStore({ path: join(folder, "catalog.db") });
  assert(opened.ok, "a scratch catalogue opens");
  const catalog = opened.value;
  const writer = createCatalogWriter({
    ...{ catalog: catalog.filled, spawn: spawnNodeWriter, clock },
    log: (what, facts) => process.stderr.write(`${what} ${JSON.stringify(facts)}\n`),
  });
  const scans: number[] = [];
  let dueMs = performance.now() + betweenScansMs;
  const scanning = setInterval(() => {
    scan(catalog, count);
    // From the moment its turn should have come: rows are read on this thread too.
    scans.push(performance.now() - dueMs);
    dueMs = performance.now() + betweenScansMs;
  }, betweenScansMs);
  try {
    const beganMs = performance.now();
    const report = await writer.importRows(sampleCatalog(count), () => {});
    assert(report.ok && report.value.itemCount === count, "every row is in");
    const inMs = performance.now() - beganMs;
    await until("every row is found by its name", () => catalog.isIndexed(), longMs);
    const foundMs = performance.now() - beganMs;
    assert(catalog.search("kkkl", 5).length === 5 && catalog.itemCount() === count, "names are found");
    const seen = distributionOf(scans);
    const result = (name: string, ms: number): BenchResult =>
      benchResult({
        ...{ name: `import: ${count} rows, until every one ${name}`, unit: "ms", ...distributionOf([ms]) },
        ...{ limit: bareMs, ratio: ms / bareMs, budget: { max: most } },
      });
    return [
      result("is in and sells by its code", inMs),
      result("is found by its name", foundMs),
      benchResult({
        ...{ name: `import: a scan meanwhile, of ${count} rows`, unit: "ms", ...seen },
        ...{ limit: seen.p50, ratio: seen.p99 / seen.p50, budget: scanBudget },
      }),
    ];
  } finally {
    clearInterval(scanning);
    writer.stop();
    catalog.close();
  }
}

/** A code that is there or not yet. */
function scan(catalog: OpenCatalogStore, count: number): void {
  catalog.findBySku(String(100_000 + Math.floor((performance.now() * 7_919) % count)));
}

const clock = {
  now: Date.now,
  after(ms: number, callback: () => void) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
