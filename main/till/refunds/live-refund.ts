import type { Refund, RefundEffect, RefundEvent } from "#core/refund/refund.ts";
import type { RefundAnswer } from "#core/refund/refund-answer.ts";
import { stepRefund } from "#core/refund/step-refund.ts";
import type { RefundOrder } from "#main/till/ports/payment-gateway.ts";
import type { RefundDriverParts } from "./refund-driver.ts";

/** A disk that refuses now may take it in a second; one that refuses for a minute will not be hurried. */
const firstRetryMs = 1_000;
const mostRetryMs = 60_000;

type AskingKind = Extract<RefundEffect["kind"], "send-refund" | "query-refund">;

/** One unfinished refund in motion, one event after the other: each waits until the one before it is on disk. */
export class LiveRefund {
  readonly #parts: RefundDriverParts;
  readonly #onEnd: () => void;
  /** Oldest first. Bounded: one timer, one answer of each kind, one word of a manager. */
  readonly #waiting: RefundEvent[] = [];
  readonly #inFlight = new Set<AskingKind>();
  #refund: Refund;
  #isOver = false;
  #isStepping = false;
  #retryMs = firstRetryMs;
  #cancelWait = (): void => {};
  #cancelRetry = (): void => {};

  /** `onEnd` is called once, when the end is durable. */
  constructor(parts: RefundDriverParts, refund: Refund, onEnd: () => void) {
    this.#parts = parts;
    this.#refund = refund;
    this.#onEnd = onEnd;
  }

  feed(event: RefundEvent): void {
    if (this.#isOver) return;
    this.#waiting.push(event);
    this.#work();
  }

  /** No event counts any more; what was asked may still be answered, to nobody. */
  stop(): void {
    this.#isOver = true;
    this.#waiting.length = 0;
    this.#cancelWait();
    this.#cancelRetry();
  }

  #work(): void {
    if (this.#isStepping) return; // fed by a listener from within a step: heard right after it
    this.#isStepping = true;
    this.#cancelRetry();
    let event = this.#waiting[0];
    while (event !== undefined && this.#advance(event)) event = this.#waiting[0];
    this.#isStepping = false;
  }

  /** False when the disk refused: nothing was done, the event stays the first in line and is tried again. */
  #advance(event: RefundEvent): boolean {
    const { store, clock, timing, onSettled, onChange } = this.#parts;
    const before = this.#refund;
    const { refund, effects } = stepRefund(before, event, clock.now(), timing);
    const isEnd = effects.some((effect) => effect.kind === "settle");
    try {
      if (isEnd) onSettled(refund);
      else if (refund !== before) store.saveRefund(refund);
    } catch (cause) {
      this.#tryAgainLater(event, cause);
      return false;
    }
    this.#retryMs = firstRetryMs;
    this.#waiting.shift();
    this.#refund = refund;
    // Effects first: no listener can keep a refund from being sent, asked after or timed.
    for (const effect of effects) this.#quietly(effect.kind, () => this.#perform(effect));
    if (isEnd || refund !== before) this.#quietly("change", () => onChange(refund));
    return true;
  }

  #tryAgainLater(event: RefundEvent, cause: unknown): void {
    const { clock, log } = this.#parts;
    log("refund step not stored", { outRefundNo: this.#refund.outRefundNo, event: event.kind, cause });
    this.#cancelRetry = clock.after(this.#retryMs, () => this.#work());
    this.#retryMs = Math.min(this.#retryMs * 2, mostRetryMs);
  }

  #perform(effect: RefundEffect): void {
    const { clock, log } = this.#parts;
    const { outRefundNo, state } = this.#refund;
    switch (effect.kind) {
      case "wait":
        this.#cancelWait();
        this.#cancelWait = clock.after(effect.ms, () => this.feed({ kind: "timer" }));
        return;
      case "settle":
        this.stop();
        this.#onEnd();
        return log("refund settled", { outRefundNo, state });
      case "alarm":
        return log("refund needs a manager", { outRefundNo });
      case "send-refund":
      case "query-refund":
        return this.#ask(effect.kind);
    }
  }

  #ask(kind: AskingKind): void {
    if (this.#inFlight.has(kind)) return; // the next wait asks again
    const { gateway, log } = this.#parts;
    const { outRefundNo } = this.#refund;
    const order = orderOf(this.#refund);
    this.#inFlight.add(kind);
    const onBroken = (cause: unknown): void => log("gateway port broken", { outRefundNo, kind, cause });
    const sent = kind === "send-refund";
    void heard(() => (sent ? gateway.refund(order) : gateway.queryRefund(order)), onBroken).then((answer) => {
      this.#inFlight.delete(kind);
      this.feed({ kind: sent ? "refund-answered" : "query-answered", answer });
    });
  }

  /** For what must not undo a step that is already on disk. */
  #quietly(effect: string, act: () => void): void {
    try {
      act();
    } catch (cause) {
      this.#parts.log("refund effect failed", { outRefundNo: this.#refund.outRefundNo, effect, cause });
    }
  }
}

/** The very same facts on every try, or the gateway takes it for another refund. */
function orderOf(refund: Refund): RefundOrder {
  const { outRefundNo, outTradeNo, transactionId, amountFen, totalFen, reason } = refund;
  return { outRefundNo, outTradeNo, transactionId, amountFen, totalFen, reason };
}

/** The port promises never to throw or reject. One that does has told nothing about the money. */
async function heard(send: () => Promise<RefundAnswer>, onBroken: (cause: unknown) => void): Promise<RefundAnswer> {
  try {
    return await send();
  } catch (cause) {
    onBroken(cause);
    return { kind: "unknown", cause: "unreadable", code: null };
  }
}
