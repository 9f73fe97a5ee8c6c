import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { businessDate } from "./business-date.ts";
import { changeOver, type DayRule, type DaySchedule, ruleAt } from "./day-rule.ts";

const rule = fc.record({
  utcOffsetMinutes: fc.integer({ min: -720, max: 840 }),
  dayCutOffMinutes: fc.integer({ min: 0, max: 719 }),
});
const nowMs = fc.integer({ min: Date.UTC(2024, 0, 3), max: Date.UTC(2030, 0, 1) });
const dayMs = 86_400_000;
const china: DayRule = { utcOffsetMinutes: 480, dayCutOffMinutes: 0 };

function dateBy(schedule: DaySchedule, atMs: number): string {
  const { utcOffsetMinutes, dayCutOffMinutes } = ruleAt(schedule, atMs);
  return businessDate(atMs, utcOffsetMinutes, dayCutOffMinutes);
}

describe("Another rule for the business day", () => {
  it("lets a day end as it began, and no day ever comes back", () => {
    fc.assert(
      fc.property(
        rule,
        rule,
        nowMs,
        fc.array(fc.integer({ min: -3 * dayMs, max: 4 * dayMs }), { minLength: 2 }),
        (present, wanted, now, offsets) => {
          const fromMs = changeOver(present, wanted, now);
          if (fromMs === null) return;
          const schedule = { rule: present, next: { ...wanted, fromMs } };
          const today = businessDate(now, present.utcOffsetMinutes, present.dayCutOffMinutes);
          expect(dateBy(schedule, now)).toBe(today);
          const dates = offsets.toSorted((a, b) => a - b).map((offset) => dateBy(schedule, now + offset));
          expect(dates).toEqual(dates.toSorted());
          // At the latest two days on the new rule holds.
          expect(ruleAt(schedule, now + 3 * dayMs)).toEqual(wanted);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("that ends the day at four lets tonight's sales until four count for today", () => {
    const at = (text: string): number => Date.parse(`2026-11-${text}+08:00`);
    const bar: DayRule = { utcOffsetMinutes: 480, dayCutOffMinutes: 240 };
    const fromMs = changeOver(china, bar, at("26T21:00"));
    expect(fromMs).toBe(at("27T00:00"));
    const schedule = { rule: china, next: { ...bar, fromMs: fromMs ?? 0 } };
    const dates = ["26T02:00", "26T23:59", "27T03:59", "27T04:00", "28T03:00"].map((text) =>
      dateBy(schedule, at(text)),
    );
    expect(dates).toEqual(["2026-11-26", "2026-11-26", "2026-11-26", "2026-11-27", "2026-11-27"]);
  });

  it("that would turn the date back is refused, and only such a one", () => {
    const west: DayRule = { utcOffsetMinutes: -720, dayCutOffMinutes: 600 };
    const east: DayRule = { utcOffsetMinutes: 840, dayCutOffMinutes: 0 };
    const nowMs = Date.UTC(2026, 10, 26, 3);
    expect(changeOver(east, west, nowMs)).toBeNull();
    expect(changeOver(west, east, nowMs)).not.toBeNull();
    expect(changeOver(china, { utcOffsetMinutes: -480, dayCutOffMinutes: 480 }, nowMs)).not.toBeNull();
  });
});
