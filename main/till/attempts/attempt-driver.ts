import { assert } from "#core/result.ts";
import type { Attempt, AttemptTiming, PayProtocol } from "#core/tender/attempt.ts";
import type { ProvedFacts, QueryAnswer } from "#core/tender/gateway-answer.ts";
import { isFinished } from "#core/tender/step-attempt.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { PaymentGateway } from "#main/till/ports/payment-gateway.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import { askGateway } from "./ask-gateway.ts";
import { LiveAttempt } from "./live-attempt.ts";

export interface AttemptDriverParts {
  readonly store: Pick<SalesStore, "createAttempt" | "saveAttempt" | "unfinishedAttempts">;
  readonly gateway: PaymentGateway;
  readonly clock: Clock;
  readonly timing: AttemptTiming;
  /** What the customer reads in the bill for this sale; the same text as long as an attempt of it is unfinished. */
  readonly describe: (saleId: string) => string;
  readonly onChange: (attempt: Attempt) => void;
  /** Makes the end durable, exactly once. Throwing asks to be called again later. */
  readonly onSettled: (attempt: Attempt) => void;
  readonly log: (what: string, facts: Record<string, unknown>) => void;
}

export interface AttemptDriver {
  /** What a new payment-code attempt is to be made with. */
  readonly codeProtocol: PayProtocol;
  /** Puts the attempt on disk, then lets the request leave. Throws when the disk refuses: then nothing was sent. */
  start(attempt: Attempt, authCode: string | null): void;
  cancel(outTradeNo: string): void;
  /** A proof of a carried attempt was verified; false where there is no such attempt under way. */
  prove(outTradeNo: string, facts: ProvedFacts): boolean;
  /** Asks after an unfinished attempt at once instead of at its next turn; false where there is no such attempt. */
  askNow(outTradeNo: string): boolean;
  /**
   * What the gateway says of a payment now, finished here or not; the attempt is not moved by it. For giving back what
   * the gateway charged and no sale books.
   */
  lookUp(attempt: Attempt): Promise<QueryAnswer>;
  /** At start-up, before the till sells: takes up every attempt that the last process left unfinished. */
  resumeAll(): void;
  /** The unfinished attempt of a sale, if there is one. */
  current(saleId: string): Attempt | null;
  unfinished(): readonly Attempt[];
  /** For good: what is unfinished stays on disk for the next start. */
  stop(): void;
}

/**
 * Performs what core's attempt machine decides: each step is on disk before its effects happen, and an end is handed
 * over until it is durable. A fault of the disk or of ours leaves an attempt unfinished, never settled.
 */
export function createAttemptDriver(parts: AttemptDriverParts): AttemptDriver {
  const live = new Map<string, LiveAttempt>();
  let isStopped = false;

  const take = (attempt: Attempt, authCode: string | null): LiveAttempt => {
    assert(!isFinished(attempt), "only an unfinished attempt is driven");
    const one = new LiveAttempt(parts, attempt, authCode, () => live.delete(attempt.outTradeNo));
    live.set(attempt.outTradeNo, one);
    return one;
  };
  const unfinished = (): readonly Attempt[] => [...live.values()].map((one) => one.attempt);

  return {
    codeProtocol: parts.gateway.codeProtocol,
    start(attempt, authCode) {
      assert(!isStopped, "a driver that was stopped takes no new attempt");
      assert(!live.has(attempt.outTradeNo), "an attempt is started once");
      parts.store.createAttempt(attempt);
      take(attempt, authCode).feed({ kind: "stored" });
    },
    prove(outTradeNo, facts) {
      const one = live.get(outTradeNo);
      one?.feed({ kind: "proved", facts });
      return one !== undefined;
    },
    cancel: (outTradeNo) => live.get(outTradeNo)?.feed({ kind: "cancel-requested" }),
    async lookUp(attempt) {
      const { gateway, describe, log } = parts;
      const { outTradeNo } = attempt;
      const question = { kind: "query", attempt, authCode: null, describe } as const;
      const event = await askGateway(gateway, question, (cause) => log("gateway port broken", { outTradeNo, cause }));
      assert(event.kind === "query-answered", "a query is answered as a query");
      return event.answer;
    },
    askNow(outTradeNo) {
      const one = live.get(outTradeNo);
      one?.askNow();
      return one !== undefined;
    },
    resumeAll() {
      const left = parts.store.unfinishedAttempts().filter((attempt) => !live.has(attempt.outTradeNo));
      for (const one of left.map((attempt) => take(attempt, null))) one.feed({ kind: "resumed" });
    },
    current: (saleId) => unfinished().find((attempt) => attempt.saleId === saleId) ?? null,
    unfinished,
    stop() {
      isStopped = true;
      for (const one of live.values()) one.stop();
    },
  };
}
