import type { Attempt, AttemptEvent } from "#core/tender/attempt.ts";
import { stepAttempt } from "#core/tender/step-attempt.ts";
import { StepRunner } from "#main/till/steps/step-runner.ts";
import { askGateway, type AskingKind } from "./ask-gateway.ts";
import type { AttemptDriverParts } from "./attempt-driver.ts";

/** One unfinished attempt in motion. */
export class LiveAttempt {
  readonly #runner: StepRunner<Attempt, AttemptEvent, AskingKind>;
  /** The customer's payment code: in memory, until the one request that carries it leaves. */
  #authCode: string | null;

  /** `onEnd` is called once, when the end is durable. */
  constructor(parts: AttemptDriverParts, attempt: Attempt, authCode: string | null, onEnd: () => void) {
    const { store, gateway, clock, timing, describe, onChange, onSettled, log } = parts;
    this.#authCode = authCode;
    this.#runner = new StepRunner<Attempt, AttemptEvent, AskingKind>(
      {
        ...{ name: "attempt", facts: { outTradeNo: attempt.outTradeNo }, clock, log, onChange },
        step(before, event, nowMs) {
          const { attempt: state, effects } = stepAttempt(before, event, nowMs, timing);
          return { state, effects };
        },
        store: (state) => store.saveAttempt(state),
        settle: onSettled,
        onEnd: () => {
          this.#authCode = null;
          onEnd();
        },
        timer: { kind: "timer" },
        ask: (kind, state, onBroken) => {
          const code = kind === "send-pay" ? this.#authCode : null;
          if (kind === "send-pay") this.#authCode = null;
          return askGateway(gateway, { kind, attempt: state, authCode: code, describe }, onBroken);
        },
      },
      attempt,
    );
  }

  /** As it is on disk. */
  get attempt(): Attempt {
    return this.#runner.state;
  }

  /** A second cancel adds nothing. A cancel that finds the attempt not yet sent goes first, so that it never is. */
  feed(event: AttemptEvent): void {
    const isCancel = event.kind === "cancel-requested";
    const { waiting } = this.#runner;
    if (isCancel && waiting.some((other) => other.kind === event.kind)) return;
    this.#runner.feed(event, isCancel && waiting[0]?.kind === "stored");
  }

  /**
   * Somebody will not wait for the next try: asks what became of it, and for one that is being undone tries that again
   * too. Nothing is asked that did not leave before, and no wait grows by it.
   */
  askNow(): void {
    const { state, kind, undoTries } = this.attempt;
    if (kind === "carried") return; // only head office asks after it
    if (state !== "pending" && state !== "undoing") return; // the answer to the first request is what is waited for
    if (state === "undoing" && undoTries > 0) this.#runner.ask(kind === "codepay" ? "reverse" : "close");
    this.#runner.ask("query");
  }

  /** No event counts any more; what was asked may still be answered, to nobody. */
  stop(): void {
    this.#authCode = null;
    this.#runner.stop();
  }
}
