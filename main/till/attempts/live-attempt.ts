import type { Attempt, AttemptEffect, AttemptEvent } from "#core/tender/attempt.ts";
import { stepAttempt } from "#core/tender/step-attempt.ts";
import { askGateway, type AskingKind } from "./ask-gateway.ts";
import type { AttemptDriverParts } from "./attempt-driver.ts";

/** A disk that refuses now may take it in a second; one that refuses for a minute will not be hurried. */
const firstRetryMs = 1_000;
const mostRetryMs = 60_000;

/**
 * One unfinished attempt in motion, one event after the other: an event waits until the one before it is on disk, so
 * that a payment the disk refuses to book is never overtaken by its own deadline.
 */
export class LiveAttempt {
  readonly #parts: AttemptDriverParts;
  readonly #onEnd: () => void;
  /** Oldest first. Bounded: one timer, one answer of each kind, one cancel. */
  readonly #waiting: AttemptEvent[] = [];
  readonly #inFlight = new Set<AskingKind>();
  #attempt: Attempt;
  /** The customer's payment code: in memory, until the one request that carries it leaves. */
  #authCode: string | null;
  #isOver = false;
  #isStepping = false;
  #retryMs = firstRetryMs;
  #cancelWait = (): void => {};
  #cancelRetry = (): void => {};

  /** `onEnd` is called once, when the end is durable. */
  constructor(parts: AttemptDriverParts, attempt: Attempt, authCode: string | null, onEnd: () => void) {
    this.#parts = parts;
    this.#attempt = attempt;
    this.#authCode = authCode;
    this.#onEnd = onEnd;
  }

  /** As it is on disk. */
  get attempt(): Attempt {
    return this.#attempt;
  }

  feed(event: AttemptEvent): void {
    if (this.#isOver) return;
    enqueue(this.#waiting, event);
    this.#work();
  }

  /** No event counts any more; what was asked may still be answered, to nobody. */
  stop(): void {
    this.#isOver = true;
    this.#authCode = null;
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
  #advance(event: AttemptEvent): boolean {
    const { store, clock, timing, onSettled, onChange } = this.#parts;
    const before = this.#attempt;
    const { attempt, effects } = stepAttempt(before, event, clock.now(), timing);
    const isEnd = effects.some((effect) => effect.kind === "settle");
    try {
      if (isEnd) onSettled(attempt);
      else if (attempt !== before) store.saveAttempt(attempt);
    } catch (cause) {
      this.#tryAgainLater(event, cause);
      return false;
    }
    this.#retryMs = firstRetryMs;
    this.#waiting.shift();
    this.#attempt = attempt;
    // Effects first: no listener can keep a payment from being sent, asked after or timed.
    for (const effect of effects) this.#quietly(effect.kind, () => this.#perform(effect));
    if (isEnd || attempt !== before) this.#quietly("change", () => onChange(attempt));
    return true;
  }

  #tryAgainLater(event: AttemptEvent, cause: unknown): void {
    const { clock, log } = this.#parts;
    log("attempt step not stored", { outTradeNo: this.#attempt.outTradeNo, event: event.kind, cause });
    this.#cancelRetry = clock.after(this.#retryMs, () => this.#work());
    this.#retryMs = Math.min(this.#retryMs * 2, mostRetryMs);
  }

  #perform(effect: AttemptEffect): void {
    const { clock, log } = this.#parts;
    const { outTradeNo, state } = this.#attempt;
    switch (effect.kind) {
      case "wait":
        this.#cancelWait();
        this.#cancelWait = clock.after(effect.ms, () => this.feed({ kind: "timer" }));
        return;
      case "settle":
        this.stop();
        this.#onEnd();
        return log("attempt settled", { outTradeNo, state });
      case "alarm":
        return log("attempt needs a manager", { outTradeNo });
      case "send-pay":
      case "open-native":
      case "query":
      case "reverse":
      case "close":
        return this.#ask(effect.kind);
    }
  }

  #ask(kind: AskingKind): void {
    if (this.#inFlight.has(kind)) return; // the next wait asks again
    const { gateway, describe, log } = this.#parts;
    const attempt = this.#attempt;
    const { outTradeNo } = attempt;
    const authCode = kind === "send-pay" ? this.#authCode : null;
    if (kind === "send-pay") this.#authCode = null;
    this.#inFlight.add(kind);
    const onBroken = (cause: unknown): void => log("gateway port broken", { outTradeNo, kind, cause });
    askGateway(gateway, { kind, attempt, authCode, describe }, onBroken).then((event) => {
      this.#inFlight.delete(kind);
      this.feed(event);
    }, onBroken);
  }

  /** For what must not undo a step that is already on disk. */
  #quietly(effect: string, act: () => void): void {
    try {
      act();
    } catch (cause) {
      this.#parts.log("attempt effect failed", { outTradeNo: this.#attempt.outTradeNo, effect, cause });
    }
  }
}

/** A second cancel adds nothing. A cancel that finds the attempt not yet sent goes first, so that it never is. */
function enqueue(waiting: AttemptEvent[], event: AttemptEvent): void {
  const isCancel = event.kind === "cancel-requested";
  if (isCancel && waiting.some((other) => other.kind === event.kind)) return;
  if (isCancel && waiting[0]?.kind === "stored") waiting.unshift(event);
  else waiting.push(event);
}
