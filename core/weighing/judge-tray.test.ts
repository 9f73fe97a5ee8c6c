import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { freshMs, hasTrayChanged, judgeTray, type TrayMoment, type TrayReading } from "./judge-tray.ts";

const still: TrayReading = { grams: 845, isStable: true, isOver: false, isUnder: false, isNet: false };
const at = (atMs: number, changes: Partial<TrayReading> = {}): TrayMoment => ({
  reading: { ...still, ...changes },
  atMs,
});
const plain = { last: at(1_000), before: at(900), nowMs: 1_050, tareGrams: 0, minGrams: 100, takenGrams: null };

describe("what lies on the tray", () => {
  it.each([
    ["may be sold when it was said twice, stable and fresh", {}, { kind: "ready", grams: 845, netGrams: 845 }],
    ["is sold without its tare", { tareGrams: 45 }, { kind: "ready", grams: 845, netGrams: 800 }],
    ["is no more than its tare", { tareGrams: 845 }, { kind: "only-tare", grams: 845 }],
    ["is not known half a second later", { nowMs: 1_000 + freshMs }, { kind: "silent" }],
    ["is not known when the clock was set back", { nowMs: 1_000 - freshMs }, { kind: "silent" }],
    ["is not known before anything was heard", { last: null }, { kind: "silent" }],
    ["is not believed on one word", { before: null }, { kind: "moving", grams: 845 }],
    ["is not believed when the words differ", { before: at(900, { grams: 840 }) }, { kind: "moving", grams: 845 }],
    ["is not believed when it moved before", { before: at(900, { isStable: false }) }, { kind: "moving", grams: 845 }],
    ["is not believed when the words lie far apart", { before: at(-1) }, { kind: "moving", grams: 845 }],
    ["moves", { last: at(1_000, { isStable: false }) }, { kind: "moving", grams: 845 }],
    ["moves without a number", { last: at(1_000, { grams: null, isStable: false }) }, { kind: "moving", grams: null }],
    ["is too much", { last: at(1_000, { grams: null, isOver: true }) }, { kind: "over" }],
    ["is below zero", { last: at(1_000, { grams: -5, isUnder: true }) }, { kind: "under" }],
    ["is nothing", { last: at(1_000, { grams: 0 }), before: at(900, { grams: 0 }) }, { kind: "empty" }],
    ["is too light", { minGrams: 846 }, { kind: "too-light", grams: 845 }],
    ["is just heavy enough", { minGrams: 845 }, { kind: "ready", grams: 845, netGrams: 845 }],
    [
      "would lose its tare twice",
      { last: at(1_000, { isNet: true }), before: at(900, { isNet: true }), tareGrams: 5 },
      { kind: "tare-twice", grams: 845 },
    ],
    ["is what was sold already", { takenGrams: 845 }, { kind: "same-again", grams: 845, netGrams: 845 }],
    ["is other goods", { takenGrams: 840 }, { kind: "ready", grams: 845, netGrams: 845 }],
  ])("%s", (_claim, changes, state) => {
    expect(judgeTray({ ...plain, ...changes })).toEqual(state);
  });

  it("is never sold unless the scale said those very grams, stable, twice and just now", () => {
    const reading = fc.record<TrayReading>({
      grams: fc.option(fc.integer({ min: -10, max: 20 })),
      isStable: fc.boolean(),
      isOver: fc.boolean(),
      isUnder: fc.boolean(),
      isNet: fc.boolean(),
    });
    const moment = fc.option(fc.record<TrayMoment>({ reading, atMs: fc.integer({ min: 0, max: 2_000 }) }));
    fc.assert(
      fc.property(
        ...[moment, moment, fc.integer({ min: 0, max: 2_500 }), fc.nat(8), fc.nat(4)],
        (last, before, nowMs, tareGrams, minGrams) => {
          const state = judgeTray({ last, before, nowMs, tareGrams, minGrams, takenGrams: null });
          if (state.kind !== "ready") return;
          expect(last?.reading).toMatchObject({ grams: state.grams, isStable: true, isOver: false, isUnder: false });
          expect(before?.reading).toMatchObject({ grams: state.grams, isStable: true });
          expect(nowMs - (last?.atMs ?? 0)).toBeLessThan(freshMs);
          expect(state.netGrams).toBe(state.grams - tareGrams);
          expect(state.netGrams).toBeGreaterThan(0);
          expect(state.grams).toBeGreaterThanOrEqual(minGrams);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

describe("goods that were sold", () => {
  it.each([
    ["still lie there at the same weight", {}, false],
    ["are not seen to go while the tray moves", { grams: 300, isStable: false }, false],
    ["have gone when the tray is empty", { grams: 0 }, true],
    ["have gone when something else stands still", { grams: 900 }, true],
    ["have gone when the tray is lifted", { grams: null, isStable: false, isUnder: true }, true],
  ])("%s", (_claim, changes, isGone) => {
    expect(hasTrayChanged({ ...still, ...changes }, 845)).toBe(isGone);
  });
});
