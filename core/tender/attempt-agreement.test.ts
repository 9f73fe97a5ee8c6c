import { fen } from "#core/money/fen.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Attempt,
  type AttemptEffect,
  type AttemptEvent,
  type AttemptKind,
  defaultAttemptTiming,
  type StepAttempt,
} from "./attempt.ts";
import type { CloseAnswer, NativeAnswer, PayAnswer, QueryAnswer, ReverseAnswer } from "./gateway-answer.ts";
import { isFinished, newAttempt, stepAttempt } from "./step-attempt.ts";

/** What random choice decides: a tape of numbers that fast-check can shrink. */
class Tape {
  readonly #numbers: readonly number[];
  #at = 0;
  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }
  /** 0 … below − 1. */
  pick(below: number): number {
    const number = this.#numbers[this.#at++ % this.#numbers.length] ?? 0;
    return number % below;
  }
  chance(percent: number): boolean {
    return this.pick(100) < percent;
  }
}

type OrderState = "none" | "not-paid" | "user-paying" | "pay-error" | "paid" | "revoked" | "refunded" | "closed";
const facts = { transactionId: "4200000000", payerTotalFen: fen(100), successTime: "2026-11-22T19:00:00+08:00" };

/** The gateway and the customer's phone. It knows the truth; the till has to find out. */
class ModelGateway {
  state: OrderState = "none";
  #visibleAtMs = 0;
  readonly #world: World;
  constructor(world: World) {
    this.#world = world;
  }
  get holdsTheMoney(): boolean {
    return this.state === "paid";
  }
  pay(): PayAnswer {
    const { tape } = this.#world;
    if (this.state === "none") {
      const code = tape.pick(6);
      if (code === 0) return { kind: "refused", reason: "code-expired", code: "AUTHCODEEXPIRE" };
      this.#create(code === 1 ? "paid" : "user-paying");
      if (code > 1) this.#customerDecides("pay-error", "user-paying");
      if (code === 2) return { kind: "refused", reason: "not-enough-money", code: "NOTENOUGH" };
    }
    return this.#payAnswer();
  }
  #payAnswer(): PayAnswer {
    if (this.state === "paid") return { kind: "paid", facts };
    if (this.state === "user-paying") return { kind: "user-paying" };
    return { kind: "unknown", cause: "unlisted-code", code: null };
  }
  /** Within two minutes: pays, gives up, or puts the phone away. */
  #customerDecides(gaveUp: OrderState, putAway: OrderState): void {
    const decision = this.#world.tape.pick(4);
    this.#world.after(this.#world.tape.pick(120_000), () => {
      if (this.state !== "user-paying") return;
      if (decision <= 1) this.state = "paid";
      if (decision === 2) this.state = gaveUp;
      if (decision === 3) this.state = putAway;
    });
  }
  open(): NativeAnswer {
    if (this.state === "none") this.#create("not-paid");
    return { kind: "opened", codeUrl: "weixin://wxpay/bizpayurl/up?pr=1" };
  }
  scannedByCustomer(): void {
    if (this.state !== "not-paid") return;
    this.state = "user-paying";
    this.#customerDecides("not-paid", "not-paid");
  }
  query(): QueryAnswer {
    if (this.state === "none" || this.#world.nowMs < this.#visibleAtMs) return { kind: "not-found" };
    return this.state === "paid" ? { kind: "paid", facts } : { kind: this.state };
  }
  reverse(): ReverseAnswer {
    switch (this.state) {
      case "none":
        if (this.#world.reverseOfUnknown === "remembered") this.#create("revoked");
        return this.#world.reverseOfUnknown === "refused"
          ? { kind: "refused", code: "INVALID_REQUEST" }
          : { kind: "accepted" };
      case "paid":
        this.state = "refunded";
        return { kind: "accepted" };
      case "user-paying":
        if (this.#world.tape.chance(30)) return { kind: "refused", code: "USERPAYING" };
        this.state = "revoked";
        return { kind: "accepted" };
      case "pay-error":
      case "not-paid":
        this.state = "revoked";
        return { kind: "accepted" };
      default:
        return { kind: "accepted" };
    }
  }
  close(): CloseAnswer {
    if (this.state === "paid") return { kind: "already-paid" };
    if (this.state === "user-paying") return { kind: "user-paying" };
    if (this.state === "none") return { kind: "unknown", cause: "unlisted-code", code: "ORDER_NOT_EXIST" };
    this.state = "closed";
    return { kind: "closed" };
  }
  #create(state: OrderState): void {
    this.state = state;
    this.#visibleAtMs = this.#world.nowMs + this.#world.tape.pick(60_000);
  }
}

const requestTimeoutMs = 30_000;
/** From here on the network is well, so that every run can come to an end. */
const networkHealsAtMs = 20 * 60_000;

/** A till, a network that loses, delays and repeats, and a gateway, on a virtual clock. */
class World {
  nowMs = 1_000_000;
  readonly startMs = this.nowMs;
  readonly tape: Tape;
  readonly gateway: ModelGateway = new ModelGateway(this);
  readonly reverseOfUnknown: "remembered" | "refused" | "forgotten";
  readonly effects: { readonly atMs: number; readonly effect: AttemptEffect }[] = [];
  attempt: Attempt;
  #step: StepAttempt;
  #queue: { readonly atMs: number; readonly order: number; readonly run: () => void }[] = [];
  #order = 0;
  #timer = 0;
  /** Raised by a crash: whatever the dead process waited for is lost. */
  #life = 0;
  constructor(step: StepAttempt, kind: AttemptKind, numbers: readonly number[]) {
    this.#step = step;
    this.tape = new Tape(numbers);
    this.reverseOfUnknown = (["remembered", "refused", "forgotten"] as const)[this.tape.pick(3)] ?? "remembered";
    this.attempt = newAttempt({
      ...{ kind, outTradeNo: "S1T01251122193205A1", saleId: "sale", tenderId: "tender" },
      ...{ amountFen: fen(100), nowMs: this.nowMs },
    });
  }
  after(ms: number, run: () => void): void {
    this.#queue.push({ atMs: this.nowMs + ms, order: this.#order++, run });
  }
  run(): void {
    this.after(0, () => this.#happen({ kind: "stored" }));
    if (this.tape.chance(40)) this.after(this.tape.pick(60_000), () => this.#happen({ kind: "cancel-requested" }));
    if (this.tape.chance(30)) this.after(this.tape.pick(120_000), () => this.#crash());
    for (let steps = 0; steps < 3_000; steps++) {
      const next = this.#queue.toSorted((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
      if (next === undefined || next.atMs > this.startMs + 4 * 3_600_000) return;
      this.#queue = this.#queue.filter((item) => item !== next);
      this.nowMs = next.atMs;
      next.run();
    }
    throw new Error("the world does not come to rest");
  }
  #happen(event: AttemptEvent): void {
    const before = this.attempt;
    const { attempt, effects } = this.#step(before, event, this.nowMs, defaultAttemptTiming);
    if (isFinished(before)) expect({ attempt, effects }).toEqual({ attempt: before, effects: [] });
    this.attempt = attempt; // on disk before anything is done
    if (attempt.codeUrl !== null && before.codeUrl === null && this.tape.chance(70)) {
      this.after(this.tape.pick(170_000), () => this.gateway.scannedByCustomer());
    }
    for (const effect of effects) {
      if (effect.kind !== "wait" && effect.kind !== "settle" && !this.#isHealed && this.tape.chance(3))
        return this.#crash();
      this.effects.push({ atMs: this.nowMs, effect });
      this.#perform(effect);
    }
  }
  #perform(effect: AttemptEffect): void {
    const { gateway } = this;
    switch (effect.kind) {
      case "wait": {
        const timer = ++this.#timer;
        return this.after(effect.ms, () => timer === this.#timer && this.#happen({ kind: "timer" }));
      }
      case "send-pay":
        return this.#ask(() => ({ kind: "pay-answered", answer: gateway.pay() }), {
          kind: "pay-answered",
          answer: timeout,
        });
      case "open-native":
        return this.#ask(() => ({ kind: "native-answered", answer: gateway.open() }), {
          kind: "native-answered",
          answer: timeout,
        });
      case "query":
        return this.#ask(() => ({ kind: "query-answered", answer: gateway.query() }), {
          kind: "query-answered",
          answer: timeout,
        });
      case "reverse":
        return this.#ask(() => ({ kind: "reverse-answered", answer: gateway.reverse() }), {
          kind: "reverse-answered",
          answer: timeout,
        });
      case "close":
        return this.#ask(() => ({ kind: "close-answered", answer: gateway.close() }), {
          kind: "close-answered",
          answer: timeout,
        });
      case "settle":
      case "alarm":
        return;
    }
  }
  /** A request that may be slow, lost on the way there or back, answered too late, twice, or not even timed out. */
  #ask(arrive: () => AttemptEvent, onTimeout: AttemptEvent): void {
    const isBad = !this.#isHealed && this.tape.chance(50);
    const thereMs = isBad ? this.tape.pick(requestTimeoutMs) : 100;
    const backMs = isBad ? this.tape.pick(requestTimeoutMs) : 100;
    const isLostThere = isBad && this.tape.chance(25);
    const isLostBack = isBad && this.tape.chance(25);
    const life = this.#life;
    const deliver = (event: AttemptEvent) => () => life === this.#life && this.#happen(event);
    if (!isLostThere) {
      this.after(thereMs, () => {
        const event = arrive();
        if (isLostBack || thereMs + backMs >= requestTimeoutMs) return;
        this.after(backMs, deliver(event));
        // Repeated, but never after the time-out: the driver has forgotten the request by then.
        const spareMs = requestTimeoutMs - thereMs - backMs;
        if (isBad && this.tape.chance(20)) this.after(backMs + this.tape.pick(spareMs), deliver(event));
      });
    }
    const isAnswered = !isLostThere && !isLostBack && thereMs + backMs < requestTimeoutMs;
    if (!isAnswered && !this.tape.chance(10)) this.after(requestTimeoutMs, deliver(onTimeout));
  }
  #crash(): void {
    this.#life++;
    this.#timer++;
    this.after(1_000 + this.tape.pick(90_000), () => this.#happen({ kind: "resumed" }));
  }
  get #isHealed(): boolean {
    return this.nowMs >= this.startMs + networkHealsAtMs;
  }
}

const timeout = { kind: "unknown", cause: "timeout", code: null } as const;
const tapes = fc.array(fc.nat(1_000_000), { minLength: 40, maxLength: 120 });
const mutantSeed = 20_261_122;
const kinds = fc.constantFrom<AttemptKind>("codepay", "native");

/** The property that guards the money, for any machine. */
function agreement(step: StepAttempt) {
  return fc.property(kinds, tapes, (kind, numbers) => {
    const world = new World(step, kind, numbers);
    world.run();
    const { attempt, gateway } = world;
    if (!isFinished(attempt)) {
      // The one honest way not to end: the pay never arrived and the gateway will not take back what it never saw.
      expect([attempt.state, gateway.state, world.reverseOfUnknown]).toEqual(["undoing", "none", "refused"]);
      return;
    }
    expect(attempt.state === "paid").toBe(gateway.holdsTheMoney);
    // Said only when a query said so: an order the query side never saw may have been refunded unseen.
    if (attempt.wasRefunded) expect(gateway.state).toBe("refunded");
  });
}

/** A seeded mistake: the right machine but for one event. */
function mutant(change: (attempt: Attempt, event: AttemptEvent) => "failed" | "reversed" | "paid" | null): StepAttempt {
  return (attempt, event, nowMs, timing) => {
    const outcome = isFinished(attempt) ? null : change(attempt, event);
    if (outcome === null) return stepAttempt(attempt, event, nowMs, timing);
    return { attempt: { ...attempt, state: outcome }, effects: [{ kind: "settle", outcome }] };
  };
}

describe("an attempt and the gateway", () => {
  it("agree in the end, whatever the network and the till's power supply do", () => {
    fc.assert(agreement(stepAttempt), { numRuns: 1_500 });
    fc.assert(agreement(stepAttempt), { numRuns: 1_500, seed: mutantSeed }); // what the mutants below are caught with
  });

  it("settles once, never reverses what it settled as paid, never pays twice, never reverses early", () => {
    fc.assert(
      fc.property(kinds, tapes, (kind, numbers) => {
        const world = new World(stepAttempt, kind, numbers);
        world.run();
        const performed = world.effects.map(({ effect }) => effect.kind);
        const settledAt = performed.indexOf("settle");
        if (settledAt >= 0) expect(settledAt).toBe(performed.length - 1);
        expect(performed.filter((effect) => effect === "send-pay").length).toBeLessThanOrEqual(1);
        if (world.attempt.state === "paid") expect(performed).not.toContain("reverse");
        const firstReverse = world.effects.find(({ effect }) => effect.kind === "reverse");
        const sentAtMs = world.attempt.sentAtMs ?? 0;
        if (firstReverse !== undefined) expect(firstReverse.atMs - sentAtMs).toBeGreaterThanOrEqual(15_000);
      }),
      { numRuns: 500 },
    );
  });

  const mutants: Readonly<Record<string, StepAttempt>> = {
    "a time-out treated as a failure": mutant((_attempt, event) =>
      event.kind === "pay-answered" && event.answer.kind === "unknown" ? "failed" : null,
    ),
    "not enough money treated as the end of it": mutant((attempt, event) =>
      attempt.state === "sent" && event.kind === "pay-answered" && event.answer.kind === "refused" ? "failed" : null,
    ),
    "an unknown order treated as no charge": mutant((attempt, event) =>
      attempt.state === "undoing" && event.kind === "query-answered" && event.answer.kind === "not-found"
        ? "reversed"
        : null,
    ),
    "an attempt found after a restart treated as never sent": mutant((_attempt, event) =>
      event.kind === "resumed" ? "failed" : null,
    ),
    "a payment counted although a reverse has left": mutant((attempt, event) =>
      attempt.state === "undoing" && event.kind === "query-answered" && event.answer.kind === "paid" ? "paid" : null,
    ),
    "giving up at the deadline without undoing": mutant((attempt, event) =>
      attempt.state === "pending" && event.kind === "timer" ? "failed" : null,
    ),
  };
  it.each(Object.entries(mutants))("the agreement catches %s", (_name, step) => {
    expect(fc.check(agreement(step), { numRuns: 1_500, seed: mutantSeed, endOnFailure: true }).failed).toBe(true);
  });
});
