import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { type Attempt, type AttemptEvent, defaultAttemptTiming, type StepAttempt } from "./attempt.ts";
import { isFinished, newAttempt, stepAttempt } from "./step-attempt.ts";

/** Head office and the customer's phone as the till's attempt meets them: the phone may pay whenever it likes. */
class World {
  attempt: Attempt;
  /** What the customer's money did. */
  isCharged = false;
  /** The till's word, as head office has it once it comes: only on that one it gives back. */
  isAbandonedThere = false;
  readonly #step: StepAttempt;

  constructor(step: StepAttempt) {
    this.#step = step;
    this.attempt = newAttempt({
      ...{ kind: "carried", outTradeNo: "BJ01T01251122193205A1", saleId: "sale", tenderId: "tender" },
      ...{ amountFen: fen(100), nowMs: 0 },
      request: {
        facts: { nonce: "AAECAwQFBgcICQoL", secretId: "3q2-7w", linesFen: fen(100), lineCount: 1 },
        address: "HTTPS://PAY.EXAMPLE/P/A",
      },
    });
  }

  happen(event: AttemptEvent): void {
    const before = this.attempt;
    const { attempt, effects } = this.#step(before, event, 1_000, defaultAttemptTiming);
    if (isFinished(before)) expect({ attempt, effects }).toEqual({ attempt: before, effects: [] });
    // Nothing a carried attempt does reaches a gateway or waits for one.
    expect(effects.filter(({ kind }) => kind !== "settle")).toEqual([]);
    this.attempt = attempt;
  }

  act(action: Action): void {
    if (action === "pay") this.isCharged ||= this.attempt.state !== "created" && !this.isAbandonedThere;
    else if (action === "upload") this.isAbandonedThere ||= this.attempt.state === "abandoned";
    else if (action === "prove") {
      // Head office gives its word for what was paid, and shows it for as long as somebody looks.
      if (this.isCharged) this.happen({ kind: "proved", facts });
    } else this.happen({ kind: action });
  }

  /** Where the customer's money is in the end: with the shop for a sale, or back. */
  get isKept(): boolean {
    return this.isCharged && !this.isAbandonedThere;
  }
}

type Action = "pay" | "prove" | "upload" | "stored" | "cancel-requested" | "resumed" | "timer";
const facts = {
  ...{ transactionId: null, payerTotalFen: fen(100), successTime: "2026-11-22T19:00:00+08:00" },
  proof: { by: "code", code: "00000012" },
} as const;
const actions = fc.array(
  fc.constantFrom<Action>("pay", "prove", "upload", "stored", "cancel-requested", "resumed", "timer"),
  { maxLength: 30 },
);
const seed = 20_261_127;

/** A sale is paid by money that was taken and is not given back, however all of it is ordered. */
function agreement(step: StepAttempt) {
  return fc.property(actions, (sequence) => {
    const world = new World(step);
    for (const action of ["stored", ...sequence, "upload"] as const) world.act(action);
    const { state } = world.attempt;
    if (state === "paid") expect(world.isKept).toBe(true);
    if (state === "abandoned") expect(world.isKept).toBe(false);
  });
}

function mutant(change: (attempt: Attempt, event: AttemptEvent) => Attempt["state"] | null): StepAttempt {
  return (attempt, event, nowMs, timing) => {
    const state = change(attempt, event);
    if (state === null) return stepAttempt(attempt, event, nowMs, timing);
    return { attempt: { ...attempt, state }, effects: [] };
  };
}

describe("a carried attempt and head office", () => {
  it("agree on the money, whatever the phone, the cashier and the till's power supply do", () => {
    fc.assert(agreement(stepAttempt), { numRuns: 2_000, seed });
    fc.assert(agreement(stepAttempt), { numRuns: 1_000 });
  });

  const mutants: Readonly<Record<string, StepAttempt>> = {
    "an abandoned attempt that still takes a proof": mutant((attempt, event) =>
      attempt.state === "abandoned" && event.kind === "proved" ? "paid" : null,
    ),
    "a paid attempt that can be abandoned": mutant((attempt, event) =>
      attempt.state === "paid" && event.kind === "cancel-requested" ? "abandoned" : null,
    ),
    "a restart taken for a proof": mutant((attempt, event) =>
      attempt.state === "pending" && event.kind === "resumed" ? "paid" : null,
    ),
    "a wait that counts as payment": mutant((attempt, event) =>
      attempt.state === "pending" && event.kind === "timer" ? "paid" : null,
    ),
  };
  it.each(Object.entries(mutants))("the agreement catches %s", (_name, step) => {
    expect(fc.check(agreement(step), { numRuns: 2_000, seed }).failed).toBe(true);
  });
});
