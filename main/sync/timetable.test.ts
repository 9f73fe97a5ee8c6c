import { beforeEach, describe, expect, it } from "vitest";
import { feedScopes, type FeedScope } from "#contract/wire/feed.ts";
import { createVirtualClock, type VirtualClock } from "#tests/support/virtual-clock.ts";
import { Timetable } from "./timetable.ts";

const minuteMs = 60_000;

describe("the timetable of an enrolled till", () => {
  let clock: VirtualClock;
  let timetable: Timetable;
  /** What was asked, with the second in which it was. */
  let asked: (readonly [second: number, what: string])[];
  let isOldOffice: boolean;
  /** Seconds that a 503 asks for; null where head office answers. */
  let refusal: number | null;

  beforeEach(() => {
    clock = createVirtualClock(0);
    [asked, isOldOffice, refusal] = [[], false, null];
    const log = { info() {}, warn() {}, error() {}, child: () => log };
    timetable = new Timetable({
      ...{ clock, steadyMs: clock.now, random: () => 0, isOpen: () => true, log },
      turn: async () => answer(timetable.due(false)),
    });
  });

  function answer(due: ReturnType<Timetable["due"]>): void {
    if (due === null) return;
    asked.push([Math.floor(clock.now() / 1_000), due]);
    const retryAfterMs = refusal === null ? null : refusal * 1_000;
    const isDone = refusal === null;
    if (retryAfterMs !== null) timetable.rest(retryAfterMs);
    if (due === "journal" && retryAfterMs !== null) timetable.journalIn(retryAfterMs);
    else if (due === "journal") {
      timetable.headsTold();
      timetable.journalSent();
    } else if (due === "agreement") timetable.compared(isDone, retryAfterMs);
    else if (due === "heads" && isOldOffice) timetable.headsUnknown();
    else if (due === "heads") timetable.headsAsked(isDone, retryAfterMs);
    else if (due === "relay") timetable.relayIn(Infinity);
    else timetable.pulled(due, isDone, false, retryAfterMs);
  }

  const count = (what: string) => asked.filter(([, one]) => one === what).length;
  const isFeed = (what: string) => feedScopes.includes(what as FeedScope);

  /** One after the other, as a shop sells. */
  async function sellFor(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      timetable.journalGrew();
      await clock.advance(minuteMs);
    }
  }

  it("asks for everything once at its start, and then one thing a minute while nobody buys anything", async () => {
    timetable.start();
    await clock.advance(10_000);
    expect(asked.map(([, what]) => what).toSorted()).toEqual(["agreement", "catalog", "journal", "people", "settings"]);
    asked = [];
    await clock.advance(50 * minuteMs);
    expect(new Set(asked.map(([, what]) => what))).toEqual(new Set(["heads"]));
    expect(count("heads")).toBe(50);
  });

  it("asks nothing about feeds while uploads tell of them, but for once in ten minutes and their count every hour", async () => {
    timetable.start();
    await clock.advance(10_000);
    asked = [];
    await sellFor(120);
    expect(count("journal")).toBe(120);
    expect(count("heads")).toBeGreaterThanOrEqual(11);
    expect(count("heads")).toBeLessThanOrEqual(13);
    for (const scope of feedScopes) expect(count(scope)).toBeLessThanOrEqual(2);
  });

  it("fetches the feed that has news, and no other", async () => {
    timetable.start();
    await clock.advance(10_000);
    asked = [];
    timetable.feedNow("people");
    await sellFor(1);
    expect(asked.filter(([, what]) => isFeed(what)).map(([, what]) => what)).toEqual(["people"]);
  });

  it("asks for each feed every minute where head office does not know the shorter question, and does not repeat it", async () => {
    isOldOffice = true;
    timetable.start();
    await clock.advance(10_000);
    asked = [];
    await sellFor(30);
    expect(count("heads")).toBe(1);
    for (const scope of feedScopes) expect(count(scope)).toBeGreaterThanOrEqual(19);
  });

  it("asks nothing at all before the time a busy head office has named, whatever comes meanwhile", async () => {
    timetable.start();
    await clock.advance(10_000);
    [asked, refusal] = [[], 40];
    timetable.journalGrew();
    await clock.advance(1_000);
    expect(asked).toHaveLength(1);
    for (const scope of feedScopes) timetable.feedNow(scope);
    timetable.journalGrew();
    timetable.compareSoon();
    await clock.advance(38_000);
    expect(asked).toHaveLength(1);
    refusal = null;
    await clock.advance(2_000);
    expect(new Set(asked.map(([, what]) => what))).toEqual(new Set(["journal", "agreement", ...feedScopes]));
  });

  it("goes on asking the shop's relay while head office is to be left alone", async () => {
    timetable.start();
    await clock.advance(10_000);
    [asked, refusal] = [[], 300];
    timetable.journalGrew();
    await clock.advance(1_000);
    timetable.relaySoon();
    await clock.advance(1_000);
    expect(asked.map(([, what]) => what)).toContain("relay");
  });
});
