import { describe, expect, it } from "vitest";
import { createDayTimings } from "./day-timings.ts";

const shanghai = { utcOffsetMinutes: 480, dayCutOffMinutes: 240 };
const at = (text: string): number => Date.parse(`2026-11-${text}+08:00`);
const opened = at("27T09:30:00");

const open = () => createDayTimings(opened, () => shanghai);
const commits = (timings: ReturnType<typeof open>, nowMs: number) =>
  timings.read(nowMs).kinds.find(({ kind }) => kind === "commit");

describe("The times of a business day", () => {
  it("are counted since the till was opened", () => {
    const timings = open();
    timings.record("commit", 2_000, opened + 1);
    timings.record("commit", 4_000, opened + 2);
    expect(timings.read(opened + 3).sinceMs).toBe(opened);
    expect(commits(timings, opened + 3)).toMatchObject({ count: 2, worstMicros: 4_000, budgetMs: 10, unanswered: 0 });
  });

  it("go on over midnight and begin anew at the shop's cut-off", () => {
    const timings = open();
    timings.record("commit", 2_000, at("28T03:59:59"));
    expect(commits(timings, at("28T03:59:59"))?.count).toBe(1);
    timings.record("commit", 9_000, at("28T04:00:00"));
    expect(commits(timings, at("28T04:00:01"))).toMatchObject({ count: 1, worstMicros: 9_000 });
    expect(timings.read(at("28T04:00:01")).sinceMs).toBe(at("28T04:00:00"));
  });

  it("begin anew when they are read after the cut-off, before anything of the new day was timed", () => {
    const timings = open();
    timings.record("commit", 2_000, opened);
    timings.recordUnanswered("gateway-pay", opened);
    expect(timings.read(at("28T04:00:00")).kinds.every(({ count, unanswered }) => count + unanswered === 0)).toBe(true);
  });

  it("begin anew under a calendar that is set a year back", () => {
    const timings = open();
    timings.record("commit", 2_000, opened);
    expect(commits(timings, Date.parse("2025-11-27T09:30:00+08:00"))?.count).toBe(0);
  });

  it("tell requests that nobody answered apart from those that took long", () => {
    const timings = open();
    timings.record("gateway-pay", 300_000, opened);
    timings.recordUnanswered("gateway-pay", opened);
    expect(timings.read(opened).kinds.find(({ kind }) => kind === "gateway-pay")).toMatchObject({
      ...{ count: 1, unanswered: 1, worstMicros: 300_000 },
    });
  });
});
