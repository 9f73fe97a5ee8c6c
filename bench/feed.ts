import { closeSync, fdatasyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { assert } from "#core/result.ts";
import { type HeadOfficeProcess, openHeadOfficeProcess } from "#tests/support/head-office-process.ts";
import { until } from "#tests/support/poll.ts";
import { manager, openSyncTill, storeCode, type SyncTill } from "#tests/sync/sync-till.ts";
import { type BenchOptions, benchResult, type BenchResult, distributionOf } from "./result.ts";
import { insertBare } from "./support/bare-catalog.ts";
import { type OfficeGoods, openOfficeGoods } from "./support/office-goods.ts";
import { sampleCatalog } from "./support/sample-catalog.ts";
import { sampleCart, sampleReceipt, sampleSale, sampleShift, sampleTerminalId } from "./support/sample-sale.ts";
import { anothersDisk, inScratchDirectory } from "./support/scratch-directory.ts";

const fullSize = 1_000_000;
/** Rows of the delta; a smaller shop changes a hundredth of its goods. */
const deltaRows = 10_000;
/** Different rows change each time. */
const deltaRounds = 25;
/** Between two scans of a busy cashier. Milliseconds. */
const betweenScansMs = 40;
const linesOfSale = 3;
/** Sales before the delta, with nothing coming down. */
const quietSales = 400;
/** Between two looks into the catalogue while it is filled. Milliseconds. */
const betweenLooksMs = 100;
const longMs = 1_800_000;

const syncBudget = { max: 60_000 } as const;
const namesBudget = { max: 120_000 } as const;
const commitBudget = { p99: 10 } as const;
const lookBudget = { p99: 33 } as const;

/**
 * A till that comes to a head office with a million products, over a socket, with every signature checked, through the
 * till's own synchronisation and the catalogue's writer: until every product is there, sells by its code and both sides
 * count the same; and until the last one is found by its name. Beside it the bare insert of the same rows. Then 10,000 of
 * them change while the till commits sales; beside it the same without a change. Head office is another machine but for the
 * cores: its files lie in memory.
 */
export async function run({ rows }: BenchOptions): Promise<readonly BenchResult[]> {
  return inScratchDirectory((folder) => feed(folder, rows ?? fullSize), anothersDisk);
}

/** @param folder head office's; the till's files and the bare insert lie on the disk */
async function feed(folder: string, count: number): Promise<readonly BenchResult[]> {
  mkdirSync(join(folder, "office"));
  const goods = await openOfficeGoods(folder, storeCode);
  await goods.fill(count);
  const bareMs = await inScratchDirectory(async (scratch) => insertBare(scratch, count));
  const office = await openHeadOfficeProcess(folder);
  const till = await openSyncTill({ url: new URL(`http://127.0.0.1:${office.port}`) });
  try {
    return [...(await firstSync(till, office, count, bareMs)), ...(await deltas(till, goods, count))];
  } finally {
    await till.close();
    await office.kill();
    await goods.close();
  }
}

async function firstSync(
  till: SyncTill,
  office: HeadOfficeProcess,
  count: number,
  bareMs: number,
): Promise<readonly BenchResult[]> {
  await office.command("shop", "--store", storeCode, "--name-zh", "朝阳店", "--name-en", "Chaoyang");
  const code = await office.command("enrol-code", "--store", storeCode, "--terminal", sampleTerminalId);
  const last = lastOf(count);
  const looks: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  const looking = setInterval(() => looks.push(timed(() => lookUp(till, count))), betweenLooksMs);
  const beganMs = performance.now();
  const enrolled = await till.sync.enrol(code, manager);
  assert(enrolled.ok, "the till enrols with a fresh code");
  await until("every product sells by its code", () => isThere(till, last, count), longMs);
  const thereMs = performance.now() - beganMs;
  await until("the last product is found by its name", () => isFound(till, last), longMs);
  const foundMs = performance.now() - beganMs;
  clearInterval(looking);
  delay.disable();
  const lateMs = { p99: delay.percentile(99) * 1e-6, max: delay.max * 1e-6 };
  const seen = distributionOf(looks);
  const late = `main's event loop at most ${Math.round(lateMs.max)} ms late, p99 ${lateMs.p99.toFixed(1)}`;
  return [
    benchResult({
      name: `feed: first sync of ${count} products, until every one is there, sells by its code and both sides agree`,
      unit: "ms",
      ...distributionOf([thereMs]),
      ...{ limit: bareMs, ratio: thereMs / bareMs, budget: syncBudget },
    }),
    benchResult({
      name: `feed: the same, until every one is found by its name`,
      unit: "ms",
      ...distributionOf([foundMs]),
      ...{ limit: bareMs, ratio: foundMs / bareMs, budget: namesBudget },
    }),
    benchResult({
      name: `feed: a scan and a search meanwhile; ${late}`,
      unit: "ms",
      ...seen,
      ...{ limit: seen.p50, ratio: seen.p99 / seen.p50, budget: lookBudget },
    }),
  ];
}

async function deltas(till: SyncTill, goods: OfficeGoods, count: number): Promise<readonly BenchResult[]> {
  till.store.openShift(sampleShift);
  // Beside the till's own file, so that both wait for the same disk.
  const disk = openSync(`${till.catalog.filled.path}.bare`, "a");
  const quiet = await sellWhile(till, disk, (sold) => sold < quietSales);
  const rows = Math.min(deltaRows, Math.floor(count * 0.01));
  const commits: Sold[] = [];
  const took: number[] = [];
  for (let round = 1; round <= deltaRounds; round += 1) {
    await goods.change(rows, count, round);
    const from = till.catalog.filled.rev();
    const beganMs = performance.now();
    commits.push(...(await sellWhile(till, disk, () => till.catalog.filled.rev() < from + rows)));
    took.push(performance.now() - beganMs);
  }
  closeSync(disk);
  const deltaMs = distributionOf(took);
  return [
    commitResult("feed: a sale's commit while nothing comes down", quiet),
    commitResult(`feed: a sale's commit while ${rows} rows come down`, commits),
    benchResult({
      name: `feed: ${rows} changed rows, from the first sale after the change`,
      unit: "ms",
      ...deltaMs,
      ...{ limit: deltaMs.p50, ratio: 1, budget: syncBudget },
    }),
  ];
}

/** Its limit is what the disk itself takes at the same moments. */
function commitResult(name: string, sold: readonly Sold[]): BenchResult {
  const commits = distributionOf(sold.map(({ commitMs }) => commitMs));
  const bare = distributionOf(sold.map(({ bareMs }) => bareMs));
  const ratio = commits.p99 / bare.p99;
  return benchResult({ name, unit: "ms", ...commits, limit: bare.p99, ratio, budget: commitBudget });
}

/** How long a sale's commit took, and a bare append of a page that is on the disk when it returns, right before it. Milliseconds. */
interface Sold {
  readonly commitMs: number;
  readonly bareMs: number;
}

const barePage = Buffer.alloc(4_096, 1);

/** Scans and sales as a busy cashier makes them. */
async function sellWhile(till: SyncTill, disk: number, isWanted: (sold: number) => boolean): Promise<readonly Sold[]> {
  const samples: Sold[] = [];
  for (let sold = 0; sold === 0 || isWanted(sold); sold += 1) {
    const saleId = `feed ${performance.now()}`;
    const cart = sampleCart(saleId, linesOfSale);
    for (let line = 0; line < linesOfSale; line += 1) {
      // The draft goes to the disk with every scan.
      till.store.saveDraft({ cart, tenders: [], cashierId: "c1", state: "open", label: "", updatedAtMs: 0 });
      await new Promise((resolve) => setTimeout(resolve, betweenScansMs));
    }
    const sale = sampleSale({ saleId, saleNumber: "-", lineCount: linesOfSale, cart });
    const build = (saleNumber: string) => ({ ...sale, saleNumber });
    const bareMs = timed(() => {
      writeSync(disk, barePage);
      fdatasyncSync(disk);
    });
    samples.push({ bareMs, commitMs: timed(() => till.store.commitSale(saleId, build, null, sampleReceipt)) });
  }
  return samples;
}

interface Wanted {
  readonly sku: string;
  readonly nameZh: string;
  readonly barcode: string;
}

function lastOf(count: number): Wanted {
  let last: Wanted = { sku: "", nameZh: "", barcode: "" };
  for (const { item, barcodes } of sampleCatalog(count))
    last = { sku: item.sku, nameZh: item.nameZh, barcode: barcodes[0]?.barcode ?? "" };
  return last;
}

function isThere({ catalog }: SyncTill, { sku, barcode }: Wanted, count: number): boolean {
  // Its place in the file first: counting costs the writer's machine.
  if (catalog.findByBarcode(barcode)?.item.sku !== sku) return false;
  return !catalog.feed.isSnapshot() && catalog.feed.liveCount() === count;
}

function isFound({ catalog }: SyncTill, { sku, nameZh }: Wanted): boolean {
  return catalog.isIndexed() && catalog.search(nameZh, 5).some((item) => item.sku === sku);
}

/** What a cashier does: a code that is there or not yet, and a name. */
function lookUp({ catalog }: SyncTill, count: number): void {
  const place = Math.floor((performance.now() * 7_919) % count);
  catalog.findBySku(String(100_000 + place));
  catalog.search("红茶", 20);
}

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
