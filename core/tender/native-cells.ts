import type { Attempt, AttemptStep, AttemptTiming } from "./attempt.ts";
import {
  type AttemptRow,
  deadlineReason,
  isDeadlineDue,
  nextQueryWait,
  noteUnknown,
  nothing,
  settleFailed,
  settlePaid,
  settleReversed,
  step,
  tryUndo,
  wait,
} from "./attempt-moves.ts";
import type { QueryAnswer } from "./gateway-answer.ts";

/** On disk or about to be; no byte has left. */
export const nativeCreated: AttemptRow = {
  stored: (attempt, _event, nowMs, timing) =>
    step(
      attempt,
      { state: "sent", sentAtMs: nowMs, deadlineAtMs: nowMs + timing.nativeDeadlineMs },
      wait(timing.nativeDeadlineMs),
      { kind: "open-native" },
    ),
  "pay-answered": nothing,
  "native-answered": nothing,
  "query-answered": nothing,
  "reverse-answered": nothing,
  "close-answered": nothing,
  timer: nothing,
  "cancel-requested": (attempt) => settleFailed(attempt, null),
  proved: nothing,
  resumed: (attempt) => settleFailed(attempt, null),
};

/** The order is being opened. Opening again with the same parameters is safe, so an unclear answer is asked again. */
export const nativeSent: AttemptRow = {
  stored: nothing,
  "pay-answered": nothing,
  "native-answered": (attempt, { answer }, nowMs, timing) => {
    switch (answer.kind) {
      case "opened":
        return step(attempt, { state: "pending", codeUrl: answer.codeUrl }, nextQueryWait(attempt, nowMs, timing));
      case "refused": {
        const refused = { reason: answer.reason, code: answer.code };
        // After an unclear answer an order may exist that this refusal does not speak of: close it.
        if (attempt.lastUnknown !== null) return beginClose({ ...attempt, refused }, "pay-error", nowMs, timing);
        return settleFailed(attempt, refused);
      }
      case "unknown":
        return step(attempt, { lastUnknown: answer.cause }, nextQueryWait(attempt, nowMs, timing));
    }
  },
  "query-answered": (attempt, { answer }) =>
    answer.kind === "paid" ? settlePaid(attempt, answer.facts) : nothing(attempt),
  "reverse-answered": nothing,
  "close-answered": nothing,
  timer: (attempt, _event, nowMs, timing) =>
    isDeadlineDue(attempt, nowMs)
      ? beginClose(attempt, deadlineReason(attempt), nowMs, timing)
      : // The long wait: a second open overtaking the first would show the customer a code that is already dead.
        step(attempt, {}, wait((attempt.deadlineAtMs ?? nowMs) - nowMs), { kind: "open-native" }),
  "cancel-requested": (attempt, _event, nowMs, timing) => beginClose(attempt, "cashier", nowMs, timing),
  proved: nothing,
  resumed: resumeNative,
};

/** The code is on the customer's display: queried every interval until the deadline. */
export const nativePending: AttemptRow = {
  stored: nothing,
  "pay-answered": nothing,
  // A repeated open makes a new code and kills the old one: the latest is the one to show.
  "native-answered": (attempt, { answer }) =>
    answer.kind === "opened" ? step(attempt, { codeUrl: answer.codeUrl }) : nothing(attempt),
  "query-answered": (attempt, { answer }, nowMs, timing) => {
    const finished = finishByQuery(attempt, answer);
    if (finished !== null) return finished;
    const waiting: Attempt = {
      ...attempt,
      lastUnknown: answer.kind === "unknown" ? answer.cause : attempt.lastUnknown,
      customerIsEnteringPassword: attempt.customerIsEnteringPassword || answer.kind === "user-paying",
    };
    if (isDeadlineDue(attempt, nowMs)) return beginClose(waiting, deadlineReason(attempt), nowMs, timing);
    return nothing(waiting); // the next query's wait is already running
  },
  "reverse-answered": nothing,
  "close-answered": nothing,
  timer: (attempt, _event, nowMs, timing) =>
    isDeadlineDue(attempt, nowMs)
      ? beginClose(attempt, deadlineReason(attempt), nowMs, timing)
      : step(attempt, {}, nextQueryWait(attempt, nowMs, timing), { kind: "query" }),
  "cancel-requested": (attempt, _event, nowMs, timing) => beginClose(attempt, "cashier", nowMs, timing),
  proved: nothing,
  resumed: resumeNative,
};

/** Closed again and again until the gateway says closed or paid. */
export const nativeUndoing: AttemptRow = {
  stored: nothing,
  "pay-answered": nothing,
  // Too late to be shown; and a code nobody has seen is a code nobody can pay.
  "native-answered": nothing,
  "query-answered": (attempt, { answer }) => {
    const finished = finishByQuery(attempt, answer);
    if (finished !== null) return finished;
    // An order that was never shown cannot be paid, so its absence needs no further proof.
    if (answer.kind === "not-found" && attempt.codeUrl === null) return settleReversed(attempt, false);
    return answer.kind === "unknown" ? noteUnknown(attempt, answer.cause) : nothing(attempt);
  },
  "reverse-answered": nothing,
  "close-answered": (attempt, { answer }) => {
    switch (answer.kind) {
      case "closed":
        return settleReversed(attempt, false);
      case "already-paid":
        return step(attempt, {}, { kind: "query" });
      case "user-paying":
        return step(attempt, { customerIsEnteringPassword: true }, { kind: "query" });
      case "unknown":
        return step(attempt, { lastUnknown: answer.cause }, { kind: "query" });
    }
  },
  timer: (attempt, _event, nowMs, timing) => tryUndo(attempt, nowMs, timing),
  "cancel-requested": (attempt) => step(attempt, { undoReason: "cashier" }),
  proved: nothing,
  resumed: (attempt, _event, nowMs, timing) => tryUndo({ ...attempt, wasResumed: true }, nowMs, timing),
};

/** A native order is never reversed by us, so what a query says about its end is the end. */
function finishByQuery(attempt: Attempt, answer: QueryAnswer): AttemptStep | null {
  if (answer.kind === "paid") return settlePaid(attempt, answer.facts);
  if (answer.kind === "closed" || answer.kind === "revoked") return settleReversed(attempt, false);
  return answer.kind === "refunded" ? settleReversed(attempt, true) : null;
}

/** After a restart the code is off the display: ask once whether it was paid, then close. */
function resumeNative(attempt: Attempt, _event: unknown, nowMs: number, timing: AttemptTiming): AttemptStep {
  const changes = { state: "pending", wasResumed: true, deadlineAtMs: nowMs } as const;
  return step(attempt, changes, wait(timing.queryIntervalMs), { kind: "query" });
}

/** No reverse, hence no 15 seconds: closing an order that is being paid is refused by the gateway. */
function beginClose(
  attempt: Attempt,
  reason: NonNullable<Attempt["undoReason"]>,
  nowMs: number,
  timing: AttemptTiming,
): AttemptStep {
  return tryUndo({ ...attempt, state: "undoing", undoReason: reason, undoingSinceMs: nowMs }, nowMs, timing);
}
