import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isNewer, isVersion, isWorthTrying, type TillAtWork, updateWaitsFor } from "./put-in.ts";

const idle: TillAtWork = {
  isSomebodySignedIn: false,
  saleLines: 0,
  isPaying: false,
  unfinishedAttempts: 0,
  isImporting: false,
  isWeighing: false,
};

const anyTill: fc.Arbitrary<TillAtWork> = fc.record({
  isSomebodySignedIn: fc.boolean(),
  saleLines: fc.nat(3),
  isPaying: fc.boolean(),
  unfinishedAttempts: fc.nat(2),
  isImporting: fc.boolean(),
  isWeighing: fc.boolean(),
});

describe("An update that lies ready", () => {
  test("is put in while nothing goes on and nobody is signed in", () => {
    expect(updateWaitsFor(idle)).toBe(null);
  });

  test.each([
    ["sale-open", { saleLines: 1 }],
    ["payment-open", { isPaying: true }],
    ["payment-unknown", { unfinishedAttempts: 1 }],
    ["weighing", { isWeighing: true }],
    ["importing", { isImporting: true }],
    ["somebody-signed-in", { isSomebodySignedIn: true }],
  ] as const)("waits: %s", (wait, changes) => {
    expect(updateWaitsFor({ ...idle, ...changes })).toBe(wait);
  });

  test("is put in at no till that is not wholly idle, whatever goes on together", () => {
    fc.assert(
      fc.property(anyTill, (till) => {
        const isIdle = JSON.stringify(till) === JSON.stringify({ ...idle });
        expect(updateWaitsFor(till) === null).toBe(isIdle);
      }),
    );
  });
});

describe("A version", () => {
  test("that has failed here is not tried again, and another is", () => {
    expect(isWorthTrying("0.1.2", ["0.1.2"])).toBe(false);
    expect(isWorthTrying("0.1.3", ["0.1.2"])).toBe(true);
    expect(isWorthTrying("0.1.2", [])).toBe(true);
  });

  test("is the name of one folder and leads nowhere else", () => {
    for (const good of ["0.1.0", "12.0.345", "1.0.0-beta.2"]) expect([good, isVersion(good)]).toEqual([good, true]);
    const bad = ["", "1.0", "../1.0.0", "1.0.0/..", "1.0.0-..", "1.0.0 ", "v1.0.0", "1.0.0-../../etc", "1.0.0\n"];
    for (const text of bad) expect([text, isVersion(text)]).toEqual([text, false]);
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (isVersion(text)) expect(text).toMatch(/^[0-9][0-9a-z.-]*$/);
        expect(isWorthTrying(text, [])).toBe(isVersion(text));
      }),
    );
  });

  test("is newer by its numbers as numbers, and a release is newer than what led to it", () => {
    const inOrder = ["0.1.9", "0.1.10", "0.2.0-beta.1", "0.2.0", "1.0.0", "10.0.0"];
    for (const [at, one] of inOrder.entries()) {
      for (const [of, other] of inOrder.entries())
        expect([one, other, isNewer(one, other)]).toEqual([one, other, at > of]);
    }
  });
});
