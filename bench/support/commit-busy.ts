import { existsSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { assert } from "#core/result.ts";
import { buildIfStale } from "#scripts/build.ts";
import { type HeadOfficeProcess, openHeadOfficeProcess } from "#tests/support/head-office-process.ts";
import type { TillUnderTest } from "#tests/support/open-till.ts";
import { benchResult, type BenchResult, type Distribution, distributionOf } from "../result.ts";
import { importMeanwhile } from "./busy-import.ts";
import { takenCommits, timeCommits } from "./commit-times.ts";
import { followOutbox } from "./follow-outbox.ts";
import type { ScanningTill } from "./scanning-till.ts";
import { inScratchDirectory } from "./scratch-directory.ts";
import { type SeededDirectory, withSeededTill } from "./seeded-till.ts";
import { payInPage, scanBasket } from "./selling.ts";

/** Sales measured with nothing else under way, and with everything. */
const aloneSales = 100;
const busySales = 200;
/** Sales that warm a fresh till up. */
const warmSales = 20;
/** Head office's own folder in the seeded directory: the next run goes on where this one has left. */
const officeFolder = "bench-office";

/**
 * Sales of the real till on a seeded directory, while its year goes up to a head office and a manager takes in list after
 * list: how long the transaction of each takes in main, from BEGIN to the end of its COMMIT, beside the same with nothing
 * under way.
 */
export async function commitBusy(seeded: SeededDirectory): Promise<readonly BenchResult[]> {
  await buildIfStale();
  const folder = join(seeded.dataDir, officeFolder);
  const isKnown = isEnrolled(seeded.dataDir);
  assert(!isKnown || existsSync(folder), `the till of ${seeded.dataDir} is enrolled with another head office`);
  const office = await openHeadOfficeProcess(folder);
  try {
    const terminal = { headOffice: { url: `http://127.0.0.1:${office.port}` } };
    const alone = await withSeededTill(seeded, {}, (shop) => sell(shop, aloneSales));
    const busy = await withSeededTill(seeded, { cashierId: "manager-1", terminal }, async (shop) => {
      if (!isKnown) await enrol(shop.till, office);
      return sellMeanwhile(seeded, shop);
    });
    return figures(seeded, alone, busy);
  } finally {
    await office.kill();
  }
}

interface Busy {
  readonly commits: Distribution;
  readonly sent: number;
  readonly lists: number;
}

async function sellMeanwhile(seeded: SeededDirectory, shop: ScanningTill): Promise<Busy> {
  return inScratchDirectory(async (scratch) => {
    const outbox = followOutbox(seeded.dataDir);
    const sentBefore = outbox.sent();
    const importing = importMeanwhile(seeded.dataDir, scratch);
    const commits = await sell(shop, busySales);
    const sent = outbox.sent() - sentBefore;
    outbox.close();
    const lists = await importing.end();
    assert(sent > 0, "entries went up to head office meanwhile");
    return { commits, sent, lists };
  });
}

async function sell(shop: ScanningTill, count: number): Promise<Distribution> {
  await timeCommits(shop.till);
  for (let sold = 0; sold < warmSales + count; sold += 1) {
    await scanBasket(shop, sold);
    await payInPage(shop.till);
    if (sold === warmSales - 1) await takenCommits(shop.till);
  }
  return distributionOf(await takenCommits(shop.till));
}

function figures({ size }: SeededDirectory, alone: Distribution, busy: Busy): readonly BenchResult[] {
  const { commits, sent, lists } = busy;
  const facts = { unit: "ms", ...commits, limit: alone.p50, ratio: commits.p50 / alone.p50 } as const;
  const meanwhile = `while ${sent} entries go up and ${lists} lists are taken in`;
  return [
    benchResult({
      ...{ name: `commit: a sale's transaction, ${size}, nothing else under way`, unit: "ms", ...alone },
      ...{ limit: alone.p50, ratio: alone.p99 / alone.p50, budget: { p99: 10 } },
    }),
    benchResult({ name: `commit: a sale's transaction, ${size}, ${meanwhile}`, ...facts, budget: { p50: 1 } }),
    benchResult({ name: `commit: the slowest of them`, ...facts, budget: { p99: 10 } }),
  ];
}

function isEnrolled(dataDir: string): boolean {
  const db = new Database(join(dataDir, "sales.db"), { readonly: true });
  const key = db.prepare<[], string | null>("SELECT office_key FROM sync_state").pluck().get() ?? null;
  db.close();
  return key !== null;
}

async function enrol(till: TillUnderTest, office: HeadOfficeProcess): Promise<void> {
  await office.command("shop", "--store", "S01", "--name-zh", "人民路店", "--name-en", "Renmin Road");
  const code = await office.command("enrol-code", "--store", "S01", "--terminal", "T01");
  const enrolled = await till.send("enrol", { code });
  assert(enrolled.ok, `the till enrols with a fresh code: ${JSON.stringify(enrolled)}`);
}
