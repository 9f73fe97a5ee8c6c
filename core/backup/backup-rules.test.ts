import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDailyDue } from "./daily.ts";
import { floorAfterRestore } from "./numbers-after.ts";
import { type KeptBackup, surplusBackups } from "./rotation.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const beijing = 480;
const at = (text: string): number => Date.parse(text);
const made = (madeAtMs: number): KeptBackup => ({ name: `b-${madeAtMs}`, madeAtMs });
const someBackups = fc.uniqueArray(fc.integer({ min: at("2025-01-01"), max: at("2027-01-01") }), { maxLength: 200 });
const offset = fc.integer({ min: -720, max: 840 });

describe("rotation", () => {
  it("never gives up the newest, names only what it was given, and keeps at most 24", () => {
    fc.assert(
      fc.property(someBackups, offset, (times, minutes) => {
        const all = times.map(made);
        const gone = surplusBackups(all, minutes);
        const left = all.filter((one) => !gone.includes(one));
        expect(gone.every((one) => all.includes(one))).toBe(true);
        expect(left.length).toBeLessThanOrEqual(24);
        if (all.length > 0) expect(left.map(({ madeAtMs }) => madeAtMs)).toContain(Math.max(...times));
      }),
    );
  });

  it("keeps what it has kept: rotating again takes nothing, and one more a day never empties an older period early", () => {
    fc.assert(
      fc.property(someBackups, offset, (times, minutes) => {
        const all = times.map(made);
        const gone = new Set(surplusBackups(all, minutes));
        expect(
          surplusBackups(
            all.filter((one) => !gone.has(one)),
            minutes,
          ),
        ).toEqual([]);
      }),
    );
  });

  it("after two years of three a day has seven days, five weeks and twelve months to go back to", () => {
    let kept: readonly KeptBackup[] = [];
    const end = at("2026-11-27T15:00:00Z");
    for (let time = end - 730 * dayMs; time <= end; time += 8 * hourMs) {
      const all = [...kept, made(time)];
      const gone = new Set(surplusBackups(all, beijing));
      kept = all.filter((one) => !gone.has(one));
    }
    const days = kept.map(({ madeAtMs }) => Math.floor((madeAtMs + 8 * hourMs) / dayMs));
    const newest = days.at(-1) ?? 0;
    expect(days.filter((day) => newest - day < 7)).toHaveLength(7);
    expect(new Set(kept.map(({ madeAtMs }) => new Date(madeAtMs + 8 * hourMs).toISOString().slice(0, 7))).size).toBe(
      12,
    );
    expect(kept.length).toBeGreaterThanOrEqual(7 + 3 + 11);
    expect(kept.length).toBeLessThanOrEqual(24);
  });
});

describe("the day's backup", () => {
  const twoInTheAfternoon = 14 * 60;
  it.each([
    ["2026-11-27T05:59:00Z", "2026-11-26T06:00:30Z", false],
    ["2026-11-27T06:00:00Z", "2026-11-26T06:00:30Z", true],
    ["2026-11-27T06:00:00Z", "2026-11-27T05:00:00Z", true],
    ["2026-11-27T12:00:00Z", "2026-11-27T06:00:00Z", false],
    ["2026-12-20T01:00:00Z", "2026-11-27T06:00:00Z", true],
    // The calendar was ahead: what was made then says nothing.
    ["2026-11-27T01:00:00Z", "2027-01-01T00:00:00Z", true],
  ])("at %s, the last one made at %s: due is %s", (now, last, isDue) => {
    expect(isDailyDue(at(now), at(last), twoInTheAfternoon, beijing)).toBe(isDue);
  });

  it("is due once within any 24 hours, wherever the shop is", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at("2026-01-01"), max: at("2027-01-01") }),
        fc.integer({ min: 0, max: 1_439 }),
        offset,
        (now, minutes, zone) => {
          expect(isDailyDue(now, now, minutes, zone)).toBe(false);
          expect(isDailyDue(now + dayMs, now, minutes, zone)).toBe(true);
          expect(isDailyDue(now, null, minutes, zone)).toBe(true);
        },
      ),
    );
  });
});

describe("numbers after a restore", () => {
  const past = { mostInDay: 400, backupAtMs: at("2026-11-26T14:00:00Z"), nowMs: at("2026-11-27T03:00:00Z") };
  it("go on behind the last one that is known, on either side", () => {
    expect(floorAfterRestore({ ...past, inBackup: 4_711, here: 4_730 })).toBe(4_730);
    expect(floorAfterRestore({ ...past, inBackup: 4_711, here: 12 })).toBe(4_711);
  });

  it("pass over more than the till can have given where nobody can read the present books", () => {
    expect(floorAfterRestore({ ...past, inBackup: 4_711, here: null })).toBe(8_000);
    fc.assert(
      fc.property(fc.nat(900_000), fc.nat(3_000), fc.integer({ min: -10, max: 400 }), (inBackup, mostInDay, days) => {
        const nowMs = past.backupAtMs + days * dayMs;
        const floor = floorAfterRestore({ inBackup, here: null, mostInDay, backupAtMs: past.backupAtMs, nowMs });
        expect(floor).toBeGreaterThanOrEqual(inBackup + Math.max(1, days) * Math.max(1_000, 2 * mostInDay));
      }),
    );
  });
});
