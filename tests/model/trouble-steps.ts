import fc from "fast-check";
import type { WeightedStep } from "./cashier-steps.ts";
import { step } from "./step.ts";
import { makeTrouble, operations, tellTrouble, troubleFor } from "./trouble.ts";
import { passToDeadline } from "./world.ts";

const always = (): boolean => true;

const waitMs = fc.constantFrom(1_000, 4_000, 5_000, 10_000, 15_000, 20_000, 45_000, 60_000, 150_000);
const jumpMs = fc.constantFrom(
  -1_800_000,
  -400_000,
  -60_000,
  -20_000,
  -2_000,
  2_000,
  20_000,
  60_000,
  400_000,
  1_800_000,
);

/** What nobody wants: time, the line, the gateway, the clock, the disk and the power. */
export const troubleSteps: readonly WeightedStep[] = [
  { weight: 16, arbitrary: waitMs.map((ms) => step(`${ms} ms pass`, always, (world) => world.pass(ms))) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(-1_000, 0, 1_000).map((ms) =>
      step(
        `time passes until ${ms} ms past the first deadline`,
        ({ openAttempts }) => openAttempts > 0,
        (world) => passToDeadline(world, ms),
      ),
    ),
  },
  {
    weight: 8,
    arbitrary: fc
      .array(troubleFor(...operations, "reverse"), { minLength: 1, maxLength: 3 })
      .map((troubles) =>
        step(`trouble ahead:${tellTrouble(troubles)}`, always, async (world) => makeTrouble(world, troubles)),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constant(
      step(
        "the line goes down",
        ({ isLineDown }) => !isLineDown,
        async ({ line }) => {
          line.isDown = true;
        },
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constant(
      step(
        "the line is up again",
        ({ isLineDown }) => isLineDown,
        async ({ line }) => {
          line.isDown = false;
        },
      ),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(true, true, false).map((signsIn) =>
      step(`the power is cut, ${signsIn ? "the cashier signs in" : "nobody signs in"}`, always, async (world) => {
        await world.powerCut();
        if (signsIn) await world.signIn();
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: jumpMs.map((ms) =>
      step(`the till's clock is ${ms} ms ahead`, always, async ({ clock }) => {
        clock.skewMs = ms;
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant(
      step(
        "the till's clock is set right",
        ({ isClockWrong }) => isClockWrong,
        async ({ clock }) => {
          clock.skewMs = 0;
        },
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        method: fc.constantFrom("commitSale", "saveDraft", "settleAttempt", "saveAttempt", "createAttempt"),
        times: fc.constantFrom(1, 2, 4),
      })
      .map((refuse) =>
        step(`the disk refuses ${refuse.method} ${refuse.times}×`, always, async ({ bench }) => {
          Object.assign(bench.refuse, refuse);
        }),
      ),
  },
];
