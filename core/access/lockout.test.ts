import { expect, test } from "vitest";
import { afterWrongPin } from "./lockout.ts";

test("four wrong PINs warn and count down, the fifth locks for a minute", () => {
  const steps = [0, 1, 2, 3, 4].map((failures) => afterWrongPin(failures, 1_000));
  expect(steps.map((step) => step.triesLeft)).toEqual([4, 3, 2, 1, 0]);
  expect(steps.map((step) => step.lockedUntilMs)).toEqual([0, 0, 0, 0, 61_000]);
});

test("each further lock is longer, up to an hour", () => {
  const locks = [4, 9, 14, 19, 24, 99].map((failures) => afterWrongPin(failures, 0).lockedUntilMs);
  expect(locks).toEqual([60_000, 300_000, 900_000, 3_600_000, 3_600_000, 3_600_000]);
});
