import { assert } from "#core/result.ts";
import { buildIfStale } from "#scripts/build.ts";
import { type HeadOfficeProcess, openHeadOfficeProcess } from "#tests/support/head-office-process.ts";
import type { TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { benchResult, distributionOf, type BenchOptions, type BenchResult, type Distribution } from "./result.ts";
import { takenCommits, timeCommits } from "./support/commit-times.ts";
import { beginWatching, type EventLoopDelay } from "./support/event-loop-delay.ts";
import { followOutbox, type OutboxFollower } from "./support/follow-outbox.ts";
import { openScanningTill, type ScanningTill } from "./support/scanning-till.ts";
import { anothersDisk, inScratchDirectory } from "./support/scratch-directory.ts";
import { payInPage, scanBasket } from "./support/selling.ts";
import { writeWaitingSales } from "./support/waiting-sales.ts";
import { framesDuring } from "./support/window-frames.ts";

const fullSize = 100_000;
const itemCount = 2_000;
/** Sales rung up at a scanner's pace, idle and while the second half of the journal drains. */
const idleSales = 40;
const leastSales = 10;
/** The window stands still this long before the drain, in looks of `until`. */
const idleLooks = 200;
/** A frame is over 16 ms where the next one missed its refresh: at 60 Hz they are 16.7 ms apart, give or take. */
const missedMs = 25;

const mostWalMiB = 8;
const frameBudget = { max: 34 } as const;
const commitBudget = { p99: 10 } as const;
/** A tap is answered within this, as anywhere on the screens. */
const answerBudget = { p99: 100 } as const;
const memoryBudget = { ratio: 1.25 } as const;

/**
 * 100,000 finished sales that nobody has sent, in the real till, and a real head office that comes within reach: how fast
 * they drain, and whether anybody at the till notices. The first half is watched with the window at rest, the second while
 * sales are rung up. Beside each figure the same till with nothing to send.
 */
export async function run({ rows }: BenchOptions): Promise<readonly BenchResult[]> {
  await buildIfStale();
  return inScratchDirectory((folder) => drain(folder, rows ?? fullSize), anothersDisk);
}

/** @param folder head office's: it is another machine but for the cores; the till's files lie on the disk */
async function drain(folder: string, count: number): Promise<readonly BenchResult[]> {
  const office = await openHeadOfficeProcess(folder);
  const shop = await openScanningTill({
    ...{ itemCount, cashierId: "manager-1" },
    terminal: { headOffice: { url: `http://127.0.0.1:${office.port}` } },
    prepare: (dataDir) => writeWaitingSales(dataDir, count),
  });
  const outbox = followOutbox(shop.dataDir);
  try {
    return await measure(shop, office, outbox);
  } finally {
    outbox.close();
    await shop.close();
    await office.kill();
  }
}

interface Phase {
  readonly frames: Distribution;
  readonly missed: number;
  readonly delay: EventLoopDelay;
}

async function measure(
  shop: ScanningTill,
  office: HeadOfficeProcess,
  outbox: OutboxFollower,
): Promise<readonly BenchResult[]> {
  const { till } = shop;
  const idle = await watch(till, () => until("a while", passing(idleLooks)));
  await timeCommits(till);
  const idleCommits = await sell(shop, (sold) => sold < idleSales);
  const start = { till: await tillMiB(till), office: await officeMiB(office) };
  const total = outbox.waiting();
  await enrol(till, office);
  const beganMs = performance.now();
  const draining = await watch(till, () =>
    until("half of it is sent", () => outbox.waiting() < total * 0.5, 600_000).then(() => {}),
  );
  const before = { till: await tillMiB(till), office: await officeMiB(office) };
  const commits = await sell(shop, (sold) => sold < leastSales || outbox.waiting() > 20);
  await until("everything is sent", () => outbox.waiting() === 0, 600_000);
  const seconds = (performance.now() - beganMs) * 0.001;
  const walMiB = outbox.mostWalBytes() * 2 ** -20;
  const after = { till: await tillMiB(till), office: await officeMiB(office) };
  await bothAgree(till, outbox);
  const perSecond = Math.round(outbox.sent() / seconds);
  const sent = `${outbox.sent()} entries drained, ${perSecond} a second`;
  return [
    benchResult({
      name: `drain: ${sent}, both sides agree; sales.db's WAL at its largest`,
      unit: "MiB",
      ...distributionOf([walMiB]),
      ...{ limit: mostWalMiB, ratio: walMiB / mostWalMiB, budget: { max: mostWalMiB } },
    }),
    frames(idle, draining),
    delays("drain: delay of main's event loop meanwhile", idle.delay, draining.delay),
    benchResult({
      name: "drain: a sale's commit meanwhile, in main, from BEGIN to COMMIT",
      unit: "ms",
      ...commits.inMain,
      ...{ limit: idleCommits.inMain.p99, ratio: commits.inMain.p99 / idleCommits.inMain.p99, budget: commitBudget },
    }),
    benchResult({
      name: "drain: cash to the answer in the window meanwhile",
      unit: "ms",
      ...commits.inWindow,
      ...{ limit: idleCommits.inWindow.p99, ratio: commits.inWindow.p99 / idleCommits.inWindow.p99 },
      budget: answerBudget,
    }),
    memory("till's main process", start.till, before.till, after.till),
    memory("head office", start.office, before.office, after.office),
  ];
}

function frames(idle: Phase, { frames: measured, missed }: Phase): BenchResult {
  return benchResult({
    name: `drain: frames of the till window meanwhile, ${missed} over 16 ms; at rest ${idle.missed}`,
    unit: "ms",
    ...measured,
    ...{ limit: idle.frames.max, ratio: measured.max / idle.frames.max, budget: frameBudget },
  });
}

function delays(name: string, idle: EventLoopDelay, { p50, p99, max, n }: EventLoopDelay): BenchResult {
  return benchResult({
    ...{ name, unit: "ms", p50, p99, max, n },
    ...{ limit: idle.p99, ratio: p99 / idle.p99, budget: { p99: 16 } },
  });
}

/** At the end against the middle: by then caches are full and engines warm, and only what piles up goes on growing. */
function memory(of: string, start: number, middle: number, end: number): BenchResult {
  const name = `drain: memory of the ${of} at the end; ${Math.round(start)} MiB before it`;
  return benchResult({
    ...{ name, unit: "MiB", ...distributionOf([end]) },
    ...{ limit: middle, ratio: end / middle, budget: memoryBudget },
  });
}

async function watch(till: TillUnderTest, work: () => Promise<unknown>): Promise<Phase> {
  const watching = await beginWatching(till);
  const { frames: measured } = await framesDuring(till, work);
  const delay = await watching.end();
  return { frames: distributionOf(measured), missed: measured.filter((ms) => ms > missedMs).length, delay };
}

async function enrol(till: TillUnderTest, office: HeadOfficeProcess): Promise<void> {
  await office.command("shop", "--store", "S01", "--name-zh", "人民路店", "--name-en", "Renmin Road");
  const code = await office.command("enrol-code", "--store", "S01", "--terminal", "T01");
  const enrolled = await till.send("enrol", { code });
  assert(enrolled.ok, "the till enrols with a fresh code");
}

interface Sold {
  readonly inMain: Distribution;
  readonly inWindow: Distribution;
}

/** Sales by the scanner, paid in cash, for as long as they are wanted. */
async function sell(shop: ScanningTill, isWanted: (sold: number) => boolean): Promise<Sold> {
  const samples: number[] = [];
  for (let sold = 0; sold === 0 || isWanted(sold); sold += 1) {
    await scanBasket(shop, sold);
    samples.push(await payInPage(shop.till));
  }
  return { inMain: distributionOf(await takenCommits(shop.till)), inWindow: distributionOf(samples) };
}

async function bothAgree(till: TillUnderTest, outbox: OutboxFollower): Promise<void> {
  const sinceMs = Date.now();
  const agreed = await until(
    "both sides agree",
    async () => {
      await till.send("sync-now", {});
      const { sync } = await till.view();
      return outbox.waiting() === 0 && (sync.lastAgreedAtMs ?? 0) > sinceMs ? sync : null;
    },
    60_000,
  );
  assert(agreed.disagreedDates.length === 0 && agreed.alarm === null, "both sides say the same of every day");
}

async function tillMiB(till: TillUnderTest): Promise<number> {
  return (await till.app.evaluate(() => process.memoryUsage().rss)) * 2 ** -20;
}

/** By its own metrics, as whoever runs it would look. */
async function officeMiB(office: HeadOfficeProcess): Promise<number> {
  const told = await (await fetch(`http://127.0.0.1:${office.port}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(told)?.[1]) * 2 ** -20;
}

/** True after so many looks: a little time in which nothing happens. */
function passing(looks: number): () => boolean {
  let left = looks;
  return () => (left -= 1) <= 0;
}
