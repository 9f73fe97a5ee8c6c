import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { assert } from "#core/result.ts";
import { createImportDesk, type OpenImportDesk } from "#main/catalog-desk/create-import-desk.ts";
import { createWorker } from "#main/jobs/create-worker.ts";
import { spawnNodeWorker } from "#main/jobs/testing-worker.ts";
import { type OpenCatalogStore, openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { until } from "#tests/support/poll.ts";
import { type BenchOptions, benchResult, type BenchResult, distributionOf } from "./result.ts";
import { insertBare } from "./support/bare-catalog.ts";
import { sampleCatalog } from "./support/sample-catalog.ts";
import { writeSampleList } from "./support/sample-list.ts";
import { inScratchDirectory } from "./support/scratch-directory.ts";

/** How many rows, and how long they may take from the chosen file until all of them are in. Milliseconds. */
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
 * A manager's list through the worker, as the till has it run: chosen and checked, then taken in, all of it or nothing,
 * until every row sells by its code and is found by its name. Beside it the bare insert of the same rows, and the scans of
 * a cashier meanwhile. Nobody thinks between the check and the word to go on.
 */
export async function run({ rows }: BenchOptions): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = [];
  for (const { count, most } of rows === null ? sizes : [{ count: rows, most: rows > 100_000 ? 120_000 : 20_000 }])
    results.push(...(await inScratchDirectory((folder) => imported(folder, count, most))));
  return results;
}

async function imported(folder: string, count: number, most: number): Promise<readonly BenchResult[]> {
  const bareFolder = join(folder, "bare");
  mkdirSync(bareFolder);
  const bareMs = insertBare(bareFolder, count);
  rmSync(bareFolder, { recursive: true });
  const file = join(folder, "list.csv");
  writeSampleList(file, sampleCatalog(count));
  const opened = openCatalogStore({ path: join(folder, "catalog.db") });
  assert(opened.ok, "a scratch catalogue opens");
  const catalog = opened.value;
  const log = (what: string, facts: unknown): void => void process.stderr.write(`${what} ${JSON.stringify(facts)}\n`);
  const worker = createWorker({ spawn: spawnNodeWorker, clock, log });
  const desk = createImportDesk({
    ...{ worker, catalogDb: catalog.filled.path, chooseFile: () => Promise.resolve(file) },
    ...{ onApplied: catalog.filled.lookAgain, logFault: log },
  });
  const scanning = scanMeanwhile(catalog, count);
  try {
    const beganMs = performance.now();
    await desk.choose({ columns: null, newCategories: "make", locale: "zh-CN" });
    const checked = await ended(desk, "checked");
    assert(checked.list.added === count && checked.list.wrong === 0, "every row is found right");
    const checkedMs = performance.now() - beganMs;
    assert(desk.apply("all", "zh-CN", "manager-1"), "a list that is right can be taken in");
    await ended(desk, "applied");
    const allMs = performance.now() - beganMs;
    const scans = scanning.end();
    everyOneIsThere(catalog, count);
    const figure = (what: string, ms: number): BenchResult =>
      benchResult({
        ...{ name: `import: ${count} rows, ${what}`, unit: "ms", ...distributionOf([ms]) },
        ...{ limit: bareMs, ratio: ms / bareMs, budget: { max: most } },
      });
    return [
      figure("read, judged and told what they would change", checkedMs),
      figure("that and taken in, until every one sells by its code and is found by its name", allMs),
      benchResult({
        ...{ name: `import: a scan meanwhile, of ${count} rows`, unit: "ms", ...scans },
        ...{ limit: scans.p50, ratio: scans.p99 / scans.p50, budget: scanBudget },
      }),
    ];
  } finally {
    scanning.end();
    worker.stop();
    catalog.close();
  }
}

/** How the list stands once the worker is done with it. */
function ended(desk: OpenImportDesk, kind: "checked" | "applied") {
  return until(
    `the list is ${kind}`,
    () => {
      const now = desk.standing();
      assert(now.kind !== "failed", `the list came to nothing: ${JSON.stringify(now)}`);
      return now.kind === kind && "list" in now ? now : null;
    },
    longMs,
  );
}

/** Looks codes up as a cashier's scans do, from the moment each one's turn should have come. */
function scanMeanwhile(catalog: OpenCatalogStore, count: number) {
  const scans: number[] = [];
  let dueMs = performance.now() + betweenScansMs;
  const scanning = setInterval(() => {
    // A code that is there or not yet.
    catalog.findBySku(String(100_000 + Math.floor((performance.now() * 7_919) % count)));
    scans.push(performance.now() - dueMs);
    dueMs = performance.now() + betweenScansMs;
  }, betweenScansMs);
  return {
    end() {
      clearInterval(scanning);
      return distributionOf(scans);
    },
  };
}

function everyOneIsThere(catalog: OpenCatalogStore, count: number): void {
  assert(catalog.itemCount() === count && catalog.isIndexed(), "every row is in and indexed");
  assert(catalog.search("kkkl", 5).length === 5, "names are found");
  for (const { item, barcodes } of sampleCatalog(Math.min(count, 2_000))) {
    const found = catalog.findByBarcode(barcodes[0]?.barcode ?? "");
    assert(found?.item.sku === item.sku, "a row sells by its code");
  }
}

const clock = {
  now: Date.now,
  after(ms: number, callback: () => void) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
