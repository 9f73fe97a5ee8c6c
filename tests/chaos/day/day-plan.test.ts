import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "#tests/support/random.ts";
import { businessDate } from "#core/sale/business-date.ts";
import { createDayClock, dayCutOffMinutes, dayMs, utcOffsetMinutes } from "./day-clock.ts";
import { faultsOf, outages, planDay } from "./day-plan.ts";

describe("a day's plan", () => {
  it("is the same for the same seed", () => {
    expect(planDay(7, 4)).toEqual(planDay(7, 4));
    expect(planDay(7, 4)).not.toEqual(planDay(8, 4));
  });

  it("cuts every till off for six hours, and has head office back before the second quarter", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 8 }), (seed, tills) => {
        const plan = planDay(seed, tills);
        for (const line of plan.lines) {
          const faultAt = faultsOf(line, seededRandom(seed));
          for (const share of [0.626, 0.7, 0.8, 0.874]) expect(faultAt(share)).toEqual({ kind: "refuse" });
        }
        let end = 0;
        for (const { from, to } of plan.officeAway) {
          expect(from).toBeGreaterThan(end);
          expect(to).toBeLessThan(0.25);
          end = to;
        }
        expect(outages(plan)).toBeGreaterThanOrEqual(tills);
      }),
    );
  });

  it("does nothing to a line outside its spells", () => {
    expect(faultsOf([{ kind: "out", from: 0.1, to: 0.2 }], seededRandom(1))(0.3)).toEqual({ kind: "none" });
  });
});

describe("a day's clock", () => {
  it("stands still until the day begins, and then crosses one cut-off in 24 hours", () => {
    let steadyMs = 5_000;
    const day = createDayClock(
      144,
      () => Infinity,
      () => steadyMs,
    );
    const date = () => businessDate(day.now(), utcOffsetMinutes, dayCutOffMinutes);
    steadyMs += 60_000;
    expect([day.share(), date()]).toEqual([0, "2026-03-02"]);
    day.begin();
    steadyMs += 300_000;
    expect([day.share(), date()]).toEqual([0.5, "2026-03-02"]);
    steadyMs += 299_999;
    expect(date()).toBe("2026-03-03");
    expect(day.share() * dayMs).toBeLessThan(dayMs);
  });

  it("waits for what happens in the day, and never goes back", () => {
    let [steadyMs, done] = [0, 0.2];
    const day = createDayClock(
      144,
      () => done,
      () => steadyMs,
    );
    day.begin();
    steadyMs = 300_000;
    expect(day.share()).toBe(0.2);
    done = 0.1;
    expect(day.share()).toBe(0.2);
    done = 0.9;
    expect(day.share()).toBe(0.5);
  });
});
