import { assert } from "#core/result.ts";
import type { Attempt, AttemptEffect, AttemptEvent, AttemptTiming } from "#core/tender/attempt.ts";
import { isFinished, stepAttempt } from "#core/tender/step-attempt.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { PaymentGateway, PaymentOrder } from "#main/till/ports/payment-gateway.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";

/** A disk that refuses now may take it in a second; one that refuses for a minute will not be hurried. */
const firstRetryMs = 1_000;
const mostRetryMs = 60_000;

/** An order stays payable a little longer than its QR is shown, so that the last second's scan still counts. */
const nativeGraceMs = 60_000;

export interface AttemptDriverParts {
  readonly store: Pick<SalesStore, "createAttempt" | "saveAttempt" | "unfinishedAttempts">;
  readonly gateway: PaymentGateway;
  readonly clock: Clock;
  readonly timing: AttemptTiming;
  /** What the customer reads in the bill for this sale. */
  readonly describe: (saleId: string) => string;
  readonly onChange: (attempt: Attempt) => void;
  /** Makes the end durable, exactly once. Throwing asks to be called again later. */
  readonly onSettled: (attempt: Attempt) => void;
  readonly log: (what: string, facts: Record<string, unknown>) => void;
}

export interface AttemptDriver {
  /** Puts the attempt on disk, then lets the request leave. Throws when the disk refuses: then nothing was sent. */
  start(attempt: Attempt, authCode: string | null): void;
  cancel(outTradeNo: string): void;
  /** At start-up, before the till sells: takes up every attempt that the last process left unfinished. */
  resumeAll(): void;
  /** The unfinished attempt of a sale, if there is one. */
  current(saleId: string): Attempt | null;
  unfinished(): readonly Attempt[];
  stop(): void;
}

interface LiveAttempt {
  attempt: Attempt;
  /** The customer's payment code: in memory, until the one request that carries it has left. */
  authCode: string | null;
  readonly inFlight: Set<AttemptEffect["kind"]>;
  cancelWait: () => void;
  retryMs: number;
}

/**
 * Performs what core's attempt machine decides: each step is on disk before its effects happen, and an end is handed
 * over until it is durable. A fault of the disk or of ours leaves an attempt unfinished, never settled.
 */
export function createAttemptDriver(parts: AttemptDriverParts): AttemptDriver {
  const { store, gateway, clock, timing } = parts;
  const live = new Map<string, LiveAttempt>();
  let isStopped = false;

  return {
    start(attempt, authCode) {
      store.createAttempt(attempt);
      take(attempt, authCode);
      feed(attempt.outTradeNo, { kind: "stored" });
    },
    cancel: (outTradeNo) => feed(outTradeNo, { kind: "cancel-requested" }),
    resumeAll() {
      const left = store.unfinishedAttempts();
      for (const attempt of left) take(attempt, null);
      for (const attempt of left) feed(attempt.outTradeNo, { kind: "resumed" });
    },
    current: (saleId) => [...live.values()].find((one) => one.attempt.saleId === saleId)?.attempt ?? null,
    unfinished: () => [...live.values()].map((one) => one.attempt),
    stop() {
      isStopped = true;
      for (const one of live.values()) one.cancelWait();
    },
  };

  function take(attempt: Attempt, authCode: string | null): void {
    assert(!isFinished(attempt), "only an unfinished attempt is driven");
    live.set(attempt.outTradeNo, { attempt, authCode, inFlight: new Set(), cancelWait: () => {}, retryMs: firstRetryMs });
  }

  function feed(outTradeNo: string, event: AttemptEvent): void {
    const one = live.get(outTradeNo);
    if (one === undefined || isStopped) return;
    try {
      advance(one, event);
      one.retryMs = firstRetryMs;
    } catch (cause) {
      parts.log("attempt step failed", { outTradeNo, event: event.kind, cause });
      clock.after(one.retryMs, () => feed(outTradeNo, event));
      one.retryMs = Math.min(one.retryMs * 2, mostRetryMs);
    }
  }

  function advance(one: LiveAttempt, event: AttemptEvent): void {
    const before = one.attempt;
    const { attempt, effects } = stepAttempt(before, event, clock.now(), timing);
    if (effects.some((effect) => effect.kind === "settle")) {
      parts.onSettled(attempt);
      one.cancelWait();
      live.delete(attempt.outTradeNo);
      parts.log("attempt settled", { outTradeNo: attempt.outTradeNo, state: attempt.state });
      parts.onChange(attempt);
      return;
    }
    if (attempt !== before) {
      store.saveAttempt(attempt);
      one.attempt = attempt;
      parts.onChange(attempt);
    }
    for (const effect of effects) perform(one, effect);
  }

  function perform(one: LiveAttempt, effect: AttemptEffect): void {
    const { outTradeNo, amountFen } = one.attempt;
    switch (effect.kind) {
      case "wait":
        one.cancelWait();
        one.cancelWait = clock.after(effect.ms, () => feed(outTradeNo, { kind: "timer" }));
        return;
      case "send-pay": {
        const { authCode } = one;
        one.authCode = null;
        assert(authCode !== null, "a payment code is sent by the process that scanned it, once");
        return ask(one, effect, gateway.pay(orderOf(one), authCode), (answer) => ({ kind: "pay-answered", answer }));
      }
      case "open-native": {
        const expiresAtMs = (one.attempt.deadlineAtMs ?? clock.now()) + nativeGraceMs;
        return askOnce(one, effect, () => gateway.openNative(orderOf(one), expiresAtMs), (answer) => ({ kind: "native-answered", answer }));
      }
      case "query":
        return askOnce(one, effect, () => gateway.query(outTradeNo, amountFen), (answer) => ({ kind: "query-answered", answer }));
      case "reverse":
        return askOnce(one, effect, () => gateway.reverse(outTradeNo), (answer) => ({ kind: "reverse-answered", answer }));
      case "close":
        return askOnce(one, effect, () => gateway.close(outTradeNo), (answer) => ({ kind: "close-answered", answer }));
      case "alarm":
        parts.log("attempt needs a manager", { outTradeNo });
        return;
      case "settle":
        assert(false, "an end is handed over before effects are performed");
    }
  }

  /** Skipped while the same question is still on its way: the next wait asks again. */
  function askOnce<A>(one: LiveAttempt, effect: AttemptEffect, send: () => Promise<A>, event: (answer: A) => AttemptEvent): void {
    if (!one.inFlight.has(effect.kind)) ask(one, effect, send(), event);
  }

  function ask<A>(one: LiveAttempt, effect: AttemptEffect, sent: Promise<A>, event: (answer: A) => AttemptEvent): void {
    const { outTradeNo } = one.attempt;
    one.inFlight.add(effect.kind);
    sent.then(
      (answer) => {
        one.inFlight.delete(effect.kind);
        feed(outTradeNo, event(answer));
      },
      (cause: unknown) => {
        // The port promises never to reject; if it does, nothing is known, and the running wait asks again.
        one.inFlight.delete(effect.kind);
        parts.log("gateway port rejected", { outTradeNo, effect: effect.kind, cause });
      },
    );
  }

  function orderOf(one: LiveAttempt): PaymentOrder {
    const { outTradeNo, amountFen, saleId } = one.attempt;
    return { outTradeNo, amountFen, description: parts.describe(saleId) };
  }
}
