import fc from "fast-check";
import { outcomesOf } from "#simulators/gateway/outcomes.ts";
import type { ScriptParams } from "#simulators/gateway/script.ts";
import { signatureFaults } from "#simulators/gateway/signature-fault.ts";
import { forgeries } from "./forge.ts";
import type { LineFault } from "./line.ts";
import { type Step, step } from "./step.ts";

const always = (): boolean => true;

/** A request that is still on its way may arrive until its 30 seconds are over. */
const onItsWayMs = fc.constantFrom(0, 1_000, 8_000, 20_000, 29_000);
const lineFault: fc.Arbitrary<LineFault> = fc.oneof(
  fc.constant<LineFault>({ kind: "refused" }),
  fc.constant<LineFault>({ kind: "unreachable" }),
  fc.record({ kind: fc.constant("slow" as const), toMs: onItsWayMs, backMs: onItsWayMs }),
  fc.record({ kind: fc.constant("broken" as const), toMs: onItsWayMs }),
  fc.record({ kind: fc.constant("forged" as const), says: fc.constantFrom(...forgeries), arrives: fc.boolean() }),
  fc.constant<LineFault>({ kind: "forgotten" }),
);

const operation = fc.constantFrom("codepay", "codepay", "query", "query", "reverse", "reverse", "native", "close");
const params: fc.Arbitrary<ScriptParams> = fc.record(
  {
    queryDelayMs: fc.constantFrom(0, 3_000, 12_000, 60_000),
    settleAfterMs: fc.constantFrom(1_000, 20_000, 40_000),
    answerAfterMs: fc.constantFrom(1_000, 10_000, 35_000),
    signature: fc.constantFrom(...signatureFaults),
    spelling: fc.constantFrom("underscored", "plain"),
    userPayingAs: fc.constantFrom("trade-state", "code"),
  },
  { requiredKeys: [] },
);
const script = operation.chain((name) =>
  fc.record({
    operation: fc.constant(name),
    outcome: fc.constantFrom(...outcomesOf(name)),
    params,
    times: fc.constantFrom(1, 1, 2, 5),
  }),
);

const waitMs = fc.constantFrom(1_000, 4_000, 5_000, 10_000, 15_000, 20_000, 45_000, 60_000, 150_000);
const jumpMs = fc.constantFrom(-1_800_000, -400_000, -60_000, -20_000, -2_000, 2_000, 20_000, 60_000, 400_000, 1_800_000);

/** What nobody wants: time, the line, the gateway, the clock, the disk and the power. */
export const troubleSteps: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<Step> }[] = [
  { weight: 12, arbitrary: waitMs.map((ms) => step(`${ms} ms pass`, always, (world) => world.pass(ms))) },
  {
    weight: 6,
    arbitrary: script.map((script) =>
      step(`the gateway will: ${JSON.stringify(script)}`, always, async (world) => world.script(script)),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.array(lineFault, { minLength: 1, maxLength: 3 }).map((faults) =>
      step(`the line will: ${JSON.stringify(faults)}`, always, async ({ line }) => {
        line.faults = faults;
      }),
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
