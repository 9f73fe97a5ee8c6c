import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBooks } from "#tests/support/books.ts";
import { type Counter, openCounter } from "#tests/support/counter.ts";
import { type HeadOfficeProcess, openHeadOfficeProcess } from "#tests/support/head-office-process.ts";
import { type LoopbackRelay, openLoopbackRelay } from "#tests/support/loopback-relay.ts";
import { readOfficeBooks } from "#tests/support/office-books.ts";
import { until } from "#tests/support/poll.ts";
import { part } from "#tests/support/sale-screen.ts";

const salesBeforehand = 3;
/** At each of the two tills, while the cable is out. */
const salesAlone = 100;
/** Of some 60 kB that wait at both tills: head office dies when so much has come through. */
const carriedBeforeDeath = 25_000;

let folder: string;
let office: HeadOfficeProcess;
let cable: LoopbackRelay;
let counters: readonly [Counter, Counter];
/** What the customers paid at each till, in fen and in order. */
const paid: [number[], number[]] = [[], []];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tillway-two-tills-"));
  office = await openHeadOfficeProcess(folder);
  cable = await openLoopbackRelay(() => office.port);
  await office.command("shop", "--store", "S01", "--name-zh", "人民路店", "--name-en", "Renmin Road");
  const url = `http://127.0.0.1:${cable.port}`;
  counters = [await openCounter("T01", url, 1), await openCounter("T02", url, 2)];
});

afterAll(async () => {
  for (const counter of counters ?? []) await counter.close();
  await cable.close();
  await office.kill();
  rmSync(folder, { recursive: true, force: true });
});

const both = <T>(act: (counter: Counter, at: 0 | 1) => Promise<T>): Promise<[T, T]> =>
  Promise.all([act(counters[0], 0), act(counters[1], 1)]);
const terminalOf = (at: 0 | 1): string => `T0${at + 1}`;
const sync = async ({ till }: Counter) => (await till.view()).sync;

async function sell(count: number, at: 0 | 1): Promise<void> {
  paid[at].push(...(await counters[at].sell(count)));
}

async function enrol({ till }: Counter, at: 0 | 1): Promise<void> {
  const code = await office.command("enrol-code", "--store", "S01", "--terminal", terminalOf(at));
  expect(await till.send("enrol", { code })).toMatchObject({ ok: true });
}

/** Everything is sent, both sides have said the same of every day since `afterMs`, and the status bar says so. */
async function agreed(counter: Counter, afterMs: number): Promise<void> {
  await until(
    "both sides agree",
    async () => {
      await counter.till.send("sync-now", {});
      const { waiting, lastAgreedAtMs, disagreedDates } = await sync(counter);
      return waiting === 0 && (lastAgreedAtMs ?? 0) > afterMs && disagreedDates.length === 0;
    },
    60_000,
  );
  const bar = part(counter.till.page, "status-office");
  await until("the status bar says so", async () => (await bar.getAttribute("data-waiting")) === "0");
  expect(await bar.getAttribute("data-value")).toBe("online");
  expect(await bar.textContent()).toContain("核对一致");
}

/** Numbers from 1 on without a gap, each with what was paid, here and at head office. */
function isSoldOnce(at: 0 | 1): void {
  const sold = paid[at].map((totalFen, index) => ({
    saleNumber: `${terminalOf(at)}-${String(index + 1).padStart(6, "0")}`,
    totalFen,
  }));
  const here = readBooks(counters[at].shop.dataDir);
  const there = readOfficeBooks(folder, terminalOf(at));
  expect(here.sales.map(({ saleNumber, totalFen }) => ({ saleNumber, totalFen }))).toEqual(sold);
  expect(there.sales).toEqual(sold);
  const sum = (amounts: readonly number[]): number => amounts.reduce((fen, amount) => fen + amount, 0);
  expect(there.tenders).toHaveLength(sold.length);
  expect(sum(there.tenders.map(({ amountFen }) => amountFen))).toBe(sum(paid[at]));
  expect(there.entries.map(({ seq }) => seq)).toEqual(there.entries.map((_, index) => index + 1));
  expect([there.apart, there.reviews]).toEqual([[], []]);
}

describe("Two tills of a shop and their head office", () => {
  it(`agree to the fen after ${2 * salesAlone} sales without a line and a head office that was killed twice`, async () => {
    await both((counter) => counter.begin());
    await both(enrol);
    await both(async (_, at) => sell(salesBeforehand, at));
    await both((counter) => agreed(counter, 0));

    cable.setPlugged(false);
    const beganAt = performance.now();
    await both(async (_, at) => sell(salesAlone / 2, at));
    await office.kill();
    await both(async (_, at) => sell(salesAlone / 2, at));
    await office.start();
    const eachMs = Math.round((performance.now() - beganAt) / salesAlone);
    console.log(`${2 * salesAlone} sales at two tills, ${eachMs} ms each at its till`);
    for (const counter of counters) {
      expect(await sync(counter)).toMatchObject({ state: "offline", alarm: null });
      expect((await sync(counter)).waiting).toBeGreaterThanOrEqual(salesAlone);
    }

    // Killed again when some of it has come through, perhaps stored and never answered.
    const died = Promise.withResolvers<void>();
    cable.onceCarried(carriedBeforeDeath, () => void office.kill().then(died.resolve, died.reject));
    cable.setPlugged(true);
    await both(({ till }) => till.send("sync-now", {}));
    await died.promise;
    const left = await both(async (counter) => (await sync(counter)).waiting);
    expect(Math.max(...left)).toBeGreaterThan(0);
    await office.start();
    const backAtMs = Date.now();
    await both((counter) => agreed(counter, backAtMs));
    for (const at of [0, 1] as const) isSoldOnce(at);
  }, 300_000);

  it("see the fork where one starts from yesterday's disk: an alarm, nothing overwritten, no number given again", async () => {
    const [first] = counters;
    const image = await first.takeImage();
    await first.begin();
    await sell(5, 0);
    await agreed(first, Date.now());
    const before = readOfficeBooks(folder, "T01");

    // The line is out: the till cannot know, and goes on selling.
    cable.setPlugged(false);
    await first.startAgain(() => image.restore());
    await first.begin();
    const soldTwice = await first.sell(2);
    expect(soldTwice).toHaveLength(2);
    cable.setPlugged(true);
    await first.till.send("sync-now", {});
    const bar = part(first.till.page, "status-office");
    await until("the alarm is on the screen", async () => (await bar.getAttribute("data-value")) === "alarm", 60_000);
    await bar.click();
    await part(first.till.page, "sync-alarm").waitFor();
    expect(await part(first.till.page, "sync-alarm").getAttribute("data-kind")).toBe("fork");
    await part(first.till.page, "sync-alarm-seen").click();
    await part(first.till.page, "sync-alarm").waitFor({ state: "detached" });
    await first.till.page.keyboard.press("Escape");

    await first.sell(2);
    await until("all of it is there", async () => (await sync(first)).waiting === 0, 60_000);
    const after = readOfficeBooks(folder, "T01");
    expect(after.entries.slice(0, before.entries.length)).toEqual(before.entries);
    expect(new Set(after.entries.map(({ epoch }) => epoch)).size).toBe(2);
    expect(after.apart.filter(({ kind }) => kind === "sale-completed")).toHaveLength(2);
    // On head office's list: where it forked, and both sales of each number that was given twice.
    expect(after.reviews.filter((reason) => reason === "fork")).toHaveLength(1);
    expect(after.reviews.filter((reason) => reason === "sale-behind-fork")).toHaveLength(2);
    const numbers = Array.from(
      { length: paid[0].length + 2 },
      (_, index) => `T01-${String(index + 1).padStart(6, "0")}`,
    );
    expect(after.sales.map(({ saleNumber }) => saleNumber)).toEqual(numbers);
    expect(after.sales.slice(0, before.sales.length)).toEqual(before.sales);

    // The other till has nothing to do with it.
    await sell(1, 1);
    await agreed(counters[1], Date.now());
    isSoldOnce(1);
  }, 180_000);
});
