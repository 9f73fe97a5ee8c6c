import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { fail, ok, type Result } from "#core/result.ts";
import { syncDirectoryOf } from "#main/store/connection.ts";
import { openSeedBooks, type SeedWrites } from "./books.ts";
import { createChance } from "./chance.ts";
import { hashPins, makeKey } from "./people.ts";
import { shopStore, shopTaxRates, shopTerminalId } from "./shop.ts";
import { tradeYear } from "./year.ts";

/** What a sale and an item take on the disk, with everything that goes with them. Measured; docs/PERFORMANCE.md. Bytes. */
const bytesOfSale = 10_500;
const bytesOfItem = 700;
/** Beside the data: Chromium's folder, logs, and room to go on selling. */
const roomBytes = 200_000_000;

/** Lies in a folder that is being seeded: with it, nothing in the folder is worth anything. */
const unfinished = "seed.unfinished";

export interface SeedOptions {
  readonly dataDir: string;
  readonly itemCount: number;
  readonly saleCount: number;
  readonly seed: number;
  /** The last business day, `YYYY-MM-DD`, in the shop's own calendar. */
  readonly until: string;
  readonly writes?: SeedWrites;
  /** Ends it early: what was sold by then is a whole directory too, whose last day is further back. */
  readonly stop?: AbortSignal;
  readonly onProgress: (done: SeedProgress) => void;
}

export interface SeedProgress {
  readonly sales: number;
  readonly items: number;
}

export type SeedFault =
  | { readonly kind: "not-empty"; readonly dataDir: string; readonly isUnfinished: boolean }
  | { readonly kind: "disk-full"; readonly neededBytes: number; readonly freeBytes: number };

/**
 * Makes the data directory of a shop that has traded for a year: terminal.json, goods, people with their PINs, members, and
 * every sale with its payments, returns, deliveries, shifts and Zs, through the till's own stores. The same seed and last day
 * are the same goods, sales and sums; keys, PIN hashes and with them the journal's hashes are new each time.
 */
export async function seedDirectory(options: SeedOptions): Promise<Result<SeedProgress, SeedFault>> {
  const { dataDir, itemCount } = options;
  const refused = refusal(options);
  if (refused !== null) return fail(refused);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(join(dataDir, unfinished), "");
  writeFileSync(join(dataDir, "terminal.json"), `${JSON.stringify(terminalJson, null, 2)}\n`);
  const done = { sales: 0, items: 0 };
  const goods = fillCatalog(join(dataDir, "catalog.db"), itemCount, (items) => {
    done.items = items;
    options.onProgress(done);
  });
  // Heard of below; a failure while the year is written must not end the process unheard.
  goods.catch(() => {});
  await trade(options, (sales) => {
    done.sales = sales;
    options.onProgress(done);
  });
  await goods;
  for (const name of ["sales.db", "catalog.db", "terminal.json"]) flush(join(dataDir, name));
  rmSync(join(dataDir, unfinished));
  syncDirectoryOf(join(dataDir, "sales.db"));
  return ok({ ...done });
}

const never = new AbortController().signal;

const terminalJson = {
  store: shopStore,
  terminalId: shopTerminalId,
  taxes: { rates: shopTaxRates },
};

function refusal({ dataDir, itemCount, saleCount }: SeedOptions): SeedFault | null {
  const there = existsSync(dataDir) ? readdirSync(dataDir) : [];
  if (there.length > 0) return { kind: "not-empty", dataDir, isUnfinished: there.includes(unfinished) };
  let above = dataDir;
  while (!existsSync(above)) above = join(above, "..");
  const { bavail, bsize } = statfsSync(above);
  const neededBytes = itemCount * bytesOfItem + saleCount * bytesOfSale + roomBytes;
  const freeBytes = bavail * bsize;
  return freeBytes < neededBytes ? { kind: "disk-full", neededBytes, freeBytes } : null;
}

async function trade(
  { dataDir, itemCount, saleCount, seed, until, writes = "in-bulk", stop = never }: SeedOptions,
  onProgress: (sales: number) => void,
): Promise<void> {
  const clock = { nowMs: Date.parse(`${until}T00:00:00Z`) };
  const chance = createChance(seedOf(seed));
  const [key, pinHashes] = [await makeKey(dataDir), await hashPins(dataDir)];
  const now = (): number => clock.nowMs;
  // The file's own ids are of another line of chance than the customers': one more paper changes no sale.
  const ids = createChance(seedOf(seed + 1));
  const books = openSeedBooks({ dataDir, key, now, newId: () => ids.id(clock.nowMs), writes });
  await tradeYear(books, { itemCount, saleCount, until, chance, clock, pinHashes, stop, onProgress });
  books.finish();
}

/** Seeds one apart make shops that have nothing in common. */
function seedOf(seed: number): number {
  return createHash("sha256").update(`seed ${seed}`).digest().readUInt32BE(0);
}

function fillCatalog(path: string, itemCount: number, onProgress: (items: number) => void): Promise<void> {
  const worker = new Worker(new URL("./goods-thread.ts", import.meta.url), { workerData: { path, itemCount } });
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.on("message", (done: number) => (done === -1 ? resolve() : onProgress(done)));
  });
}

function flush(path: string): void {
  const file = openSync(path, "r+");
  fsyncSync(file);
  closeSync(file);
}
