import type { Attempt, AttemptStep, AttemptTiming } from "./attempt.ts";
import {
  type AttemptRow,
  deadlineReason,
  isDeadlineDue,
  nextQueryWait,
  noteUnknown,
  nothing,
  remainingMs,
  settleFailed,
  settlePaid,
  settleReversed,
  step,
  tryUndo,
  wait,
} from "./attempt-moves.ts";
import type { PaidFacts, QueryAnswer, RefusedReason } from "./gateway-answer.ts";

/** On disk or about to be; no byte has left. */
export const codepayCreated: AttemptRow = {
  stored: (attempt, _event, nowMs, timing) =>
    step(
      attempt,
      { state: "sent", sentAtMs: nowMs, deadlineAtMs: nowMs + timing.codepayDeadlineMs },
      wait(timing.codepayDeadlineMs),
      { kind: "send-pay" },
    ),
  "pay-answered": nothing,
  "native-answered": nothing,
  "query-answered": nothing,
  "reverse-answered": nothing,
  "close-answered": nothing,
  timer: nothing,
  "cancel-requested": (attempt) => settleFailed(attempt, null),
  proved: nothing,
  // `sent` is stored before the request leaves, so an attempt found in `created` never left.
  resumed: (attempt) => settleFailed(attempt, null),
};

/** The one pay request is on its way; it is never posted again, whatever happens. */
export const codepaySent: AttemptRow = {
  stored: nothing,
  "pay-answered": (attempt, { answer }, nowMs, timing) => {
    if (answer.kind === "paid") return settlePaid(attempt, answer.facts);
    if (answer.kind === "refused") {
      const refused = { reason: answer.reason, code: answer.code };
      // Only here is a refusal proof: it is the first answer, and this very process sent the request.
      if (refusesBeforeThePhone.has(answer.reason)) return settleFailed(attempt, refused);
      return beginUndo({ ...attempt, refused }, "pay-error", nowMs, timing);
    }
    if (isDeadlineDue(attempt, nowMs)) return beginUndo(attempt, deadlineReason(attempt), nowMs, timing);
    const changes =
      answer.kind === "user-paying" ? { customerIsEnteringPassword: true } : { lastUnknown: answer.cause };
    return step(attempt, { ...changes, state: "pending" }, nextQueryWait(attempt, nowMs, timing));
  },
  "native-answered": nothing,
  // No query has been asked yet, but a verified payment is a payment.
  "query-answered": (attempt, { answer }) =>
    answer.kind === "paid" ? settlePaid(attempt, answer.facts) : nothing(attempt),
  "reverse-answered": nothing,
  "close-answered": nothing,
  timer: (attempt, _event, nowMs, timing) =>
    isDeadlineDue(attempt, nowMs)
      ? beginUndo(attempt, deadlineReason(attempt), nowMs, timing)
      : step(attempt, {}, wait((attempt.deadlineAtMs ?? nowMs) - nowMs)),
  "cancel-requested": (attempt, _event, nowMs, timing) => beginUndo(attempt, "cashier", nowMs, timing),
  proved: nothing,
  resumed: resumeWaiting,
};

/** The customer or the gateway takes time: queried every interval until the deadline. */
export const codepayPending: AttemptRow = {
  stored: nothing,
  "pay-answered": (attempt, { answer }) => {
    if (answer.kind === "paid") return settlePaid(attempt, answer.facts);
    if (answer.kind === "user-paying") return step(attempt, { customerIsEnteringPassword: true });
    // Not the first answer: a refusal may be about a duplicate of a request that was charged.
    return answer.kind === "unknown" ? noteUnknown(attempt, answer.cause) : nothing(attempt);
  },
  "native-answered": nothing,
  "query-answered": answerPendingQuery,
  "reverse-answered": nothing,
  "close-answered": nothing,
  timer: (attempt, _event, nowMs, timing) =>
    isDeadlineDue(attempt, nowMs)
      ? beginUndo(attempt, deadlineReason(attempt), nowMs, timing)
      : step(attempt, {}, nextQueryWait(attempt, nowMs, timing), { kind: "query" }),
  "cancel-requested": (attempt, _event, nowMs, timing) => beginUndo(attempt, "cashier", nowMs, timing),
  proved: nothing,
  resumed: resumeWaiting,
};

/** Reversed again and again until a query confirms it; every reverse answer, good or bad, is followed by a query. */
export const codepayUndoing: AttemptRow = {
  stored: nothing,
  "pay-answered": (attempt, { answer }) => {
    if (answer.kind === "paid") return answerPaidWhileUndoing(attempt, answer.facts);
    return answer.kind === "user-paying" ? step(attempt, { customerIsEnteringPassword: true }) : nothing(attempt);
  },
  "native-answered": nothing,
  "query-answered": (attempt, { answer }, nowMs, timing) => {
    if (answer.kind === "paid") return answerPaidWhileUndoing(attempt, answer.facts);
    if (isReverseConfirmed(attempt, answer, nowMs, timing)) return settleReversed(attempt, answer.kind === "refunded");
    return answer.kind === "unknown" ? noteUnknown(attempt, answer.cause) : nothing(attempt);
  },
  "reverse-answered": (attempt, { answer }, nowMs) => {
    if (attempt.undoTries === 0) return nothing(attempt);
    if (answer.kind === "unknown") return step(attempt, { lastUnknown: answer.cause }, { kind: "query" });
    const undoAcceptedAtMs = answer.kind === "accepted" ? nowMs : attempt.undoAcceptedAtMs;
    return step(attempt, { undoAcceptedAtMs }, { kind: "query" });
  },
  "close-answered": nothing,
  timer: (attempt, _event, nowMs, timing) => {
    const earlyMs = reverseTooEarlyMs(attempt, nowMs, timing);
    // Before the moment of sending only on a clock that was set back: the wait that just ended is all we can trust.
    if (earlyMs > 0 && nowMs >= (attempt.sentAtMs ?? nowMs)) return step(attempt, {}, wait(earlyMs));
    return tryUndo(attempt, nowMs, timing);
  },
  // From here on a payment in the race goes back: the cashier has told the customer so.
  "cancel-requested": (attempt) => step(attempt, { undoReason: "cashier" }),
  proved: nothing,
  resumed: (attempt, _event, nowMs, timing) => {
    const resumed = { ...attempt, wasResumed: true };
    const earlyMs = reverseTooEarlyMs(attempt, nowMs, timing);
    return earlyMs > 0 ? step(resumed, {}, wait(earlyMs)) : tryUndo(resumed, nowMs, timing);
  },
};

/**
 * Refusals the gateway gives before it asks the payer's phone anything. Every other one (not enough money, card not
 * supported, a limit, an order closed by somebody) may leave a prompt on which the customer can still pay with
 * another card, so the sale's next attempt is safe only after a reverse.
 */
const refusesBeforeThePhone: ReadonlySet<RefusedReason> = new Set<RefusedReason>([
  "code-expired",
  "code-invalid",
  "merchant-configuration",
  "signature-rejected",
]);

function answerPendingQuery(
  attempt: Attempt,
  { answer }: { readonly answer: QueryAnswer },
  nowMs: number,
  timing: AttemptTiming,
): AttemptStep {
  switch (answer.kind) {
    case "paid":
      return settlePaid(attempt, answer.facts);
    // The gateway gave up or took it back by itself. Its rules still ask for a reverse, and only ours is proof to us.
    case "pay-error":
    case "closed":
    case "revoked":
    case "refunded":
      return beginUndo(attempt, "pay-error", nowMs, timing);
    case "user-paying":
      return stillPending(attempt, { customerIsEnteringPassword: true }, nowMs, timing);
    case "unknown":
      return stillPending(attempt, { lastUnknown: answer.cause }, nowMs, timing);
    // Not found is no proof: the order may not have reached the queried side yet.
    case "not-paid":
    case "not-found":
      return stillPending(attempt, {}, nowMs, timing);
  }
}

function stillPending(attempt: Attempt, changes: Partial<Attempt>, nowMs: number, timing: AttemptTiming): AttemptStep {
  const waiting = { ...attempt, ...changes };
  if (isDeadlineDue(attempt, nowMs)) return beginUndo(waiting, deadlineReason(attempt), nowMs, timing);
  return nothing(waiting); // the next query's wait is already running
}

/** After a restart: ask at once; an attempt whose deadline has passed is undone when that query brings no payment. */
function resumeWaiting(attempt: Attempt, _event: unknown, nowMs: number, timing: AttemptTiming): AttemptStep {
  const changes = { state: "pending", wasResumed: true } as const;
  return step(attempt, changes, nextQueryWait(attempt, nowMs, timing), { kind: "query" });
}

function beginUndo(
  attempt: Attempt,
  reason: NonNullable<Attempt["undoReason"]>,
  nowMs: number,
  timing: AttemptTiming,
): AttemptStep {
  const undoing = { ...attempt, state: "undoing", undoReason: reason, undoingSinceMs: nowMs } as const;
  const earlyMs = reverseTooEarlyMs(undoing, nowMs, timing);
  return earlyMs > 0 ? step(undoing, {}, wait(earlyMs)) : tryUndo(undoing, nowMs, timing);
}

/** How much too early a first reverse would be; 0 once one has left. */
function reverseTooEarlyMs(attempt: Attempt, nowMs: number, timing: AttemptTiming): number {
  if (attempt.undoTries > 0 || attempt.sentAtMs === null) return 0;
  return remainingMs(attempt.sentAtMs, timing.reverseNotBeforeMs, nowMs);
}

/** The race between the customer's phone and our undo; the rule is stated at `stepAttempt`. */
function answerPaidWhileUndoing(attempt: Attempt, facts: PaidFacts): AttemptStep {
  const mayStillCount = attempt.undoReason === "deadline" || attempt.undoReason === "pay-error";
  return attempt.undoTries === 0 && mayStillCount ? settlePaid(attempt, facts) : nothing(attempt);
}

/**
 * The waits before the fourth try are 5, 10 and 20 s by default, and they pass by themselves, whatever the clock says: a
 * clock that jumps ahead must not make a request of 30 s seem to be over.
 */
const triesThatOutliveThePay = 4;

/**
 * A query that proves the undo. Before our own reverse left nothing does. Not found proves it only beside a reverse that
 * was accepted when the pay could no longer be on its way: a gateway may accept a reverse of an order it has not seen
 * yet and forget it. Both answers therefore count from `reverseNotBeforeMs` past the deadline, a minute after the pay
 * by default: a request lives at most 30 s, so whatever was answered then was asked when the pay had arrived or died.
 */
function isReverseConfirmed(attempt: Attempt, answer: QueryAnswer, nowMs: number, timing: AttemptTiming): boolean {
  if (attempt.undoTries === 0) return false;
  if (answer.kind === "revoked" || answer.kind === "closed" || answer.kind === "refunded") return true;
  if (answer.kind !== "not-found" || attempt.undoAcceptedAtMs === null) return false;
  if (attempt.undoTries < triesThatOutliveThePay) return false;
  const payHasLandedAtMs =
    (attempt.deadlineAtMs ?? nowMs) + Math.max(timing.reverseNotBeforeMs, timing.queryIntervalMs);
  return attempt.undoAcceptedAtMs >= payHasLandedAtMs && nowMs >= payHasLandedAtMs;
}
