import type { Attempt, AttemptEffect, AttemptEvent, AttemptStep, AttemptTiming } from "./attempt.ts";
import type { UnknownCause } from "./gateway-answer.ts";

export type EventKind = AttemptEvent["kind"];
/** The event of kind `K`, written so that the compiler can match it to the cell of kind `K`. */
export type EventByKind<K extends EventKind = EventKind> = {
  [P in K]: { readonly kind: P } & Extract<AttemptEvent, { readonly kind: P }>;
}[K];

/** What one event does in one state. */
export type Cell<K extends EventKind> = (
  attempt: Attempt,
  event: EventByKind<K>,
  nowMs: number,
  timing: AttemptTiming,
) => AttemptStep;

/** One state's answer to every event. */
export type AttemptRow = { readonly [K in EventKind]: Cell<K> };

/** The event means nothing here: nothing changes and nothing is done. */
export function nothing(attempt: Attempt): AttemptStep {
  return { attempt, effects: [] };
}

/** Paid, failed, reversed and abandoned: late, duplicate and stray events bounce off. */
export const finishedRow: AttemptRow = {
  stored: nothing,
  "pay-answered": nothing,
  "native-answered": nothing,
  "query-answered": nothing,
  "reverse-answered": nothing,
  "close-answered": nothing,
  timer: nothing,
  "cancel-requested": nothing,
  proved: nothing,
  resumed: nothing,
};

export function step(attempt: Attempt, changes: Partial<Attempt>, ...effects: readonly AttemptEffect[]): AttemptStep {
  return { attempt: { ...attempt, ...changes }, effects };
}

export function settlePaid(attempt: Attempt, paid: NonNullable<Attempt["paid"]>): AttemptStep {
  const changes = { state: "paid", paid, customerIsEnteringPassword: false, needsManager: false } as const;
  return step(attempt, changes, { kind: "settle", outcome: "paid" });
}

/** The gateway confirmed that the customer's money stays or is back with the customer. */
export function settleReversed(attempt: Attempt, wasRefunded: boolean): AttemptStep {
  const changes = { state: "reversed", wasRefunded, customerIsEnteringPassword: false, needsManager: false } as const;
  return step(attempt, changes, { kind: "settle", outcome: "reversed" });
}

/** Provably nothing happened; `refused` says why, null when nothing was ever sent. */
export function settleFailed(attempt: Attempt, refused: Attempt["refused"]): AttemptStep {
  return step(attempt, { state: "failed", refused }, { kind: "settle", outcome: "failed" });
}

export function noteUnknown(attempt: Attempt, cause: UnknownCause): AttemptStep {
  return step(attempt, { lastUnknown: cause });
}

export function wait(ms: number): AttemptEffect {
  return { kind: "wait", ms };
}

/**
 * Milliseconds until `durationMs` after `sinceMs`, within 0…`durationMs`: a till clock that was set back must not
 * stretch a wait.
 */
export function remainingMs(sinceMs: number, durationMs: number, nowMs: number): number {
  return Math.min(Math.max(sinceMs + durationMs - nowMs, 0), durationMs);
}

/**
 * The deadline has come. A clock that reads earlier than the moment of sending was set back and cannot tell, so the
 * attempt is undone: undoing is always safe, waiting for hours is not.
 */
export function isDeadlineDue(attempt: Attempt, nowMs: number): boolean {
  if (attempt.sentAtMs === null || attempt.deadlineAtMs === null) return true;
  return nowMs >= attempt.deadlineAtMs || nowMs < attempt.sentAtMs;
}

/** Until the next query of a pending attempt: an interval, or less when the deadline comes first. */
export function nextQueryWait(attempt: Attempt, nowMs: number, timing: AttemptTiming): AttemptEffect {
  if (isDeadlineDue(attempt, nowMs)) return wait(timing.queryIntervalMs); // one query's time, then the undo
  return wait(Math.min(timing.queryIntervalMs, (attempt.deadlineAtMs ?? nowMs) - nowMs));
}

/** Why an attempt whose deadline has come is undone. */
export function deadlineReason(attempt: Attempt): "restart" | "deadline" {
  return attempt.wasResumed ? "restart" : "deadline";
}

/**
 * One more try to undo: a reverse or a close now, the next one after the back-off (first, ×2 … most) whatever the
 * answer. Tries go on for ever; once the window has passed a manager is called, and the attempt stays not known.
 */
export function tryUndo(attempt: Attempt, nowMs: number, timing: AttemptTiming): AttemptStep {
  const isOverdue = nowMs - (attempt.undoingSinceMs ?? nowMs) >= timing.undoWindowMs;
  const changes = {
    undoTries: attempt.undoTries + 1,
    needsManager: attempt.needsManager || isOverdue,
  };
  const backoffMs = isOverdue ? timing.undoBackoffMostMs : undoBackoffMs(attempt.undoTries, timing);
  const undo = { kind: attempt.kind === "codepay" ? "reverse" : "close" } as const;
  const alarm = isOverdue && !attempt.needsManager ? [{ kind: "alarm" } as const] : [];
  return step(attempt, changes, wait(backoffMs), undo, ...alarm);
}

function undoBackoffMs(triesBefore: number, timing: AttemptTiming): number {
  return Math.min(timing.undoBackoffFirstMs * 2 ** triesBefore, timing.undoBackoffMostMs);
}
