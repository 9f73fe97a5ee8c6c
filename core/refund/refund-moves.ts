import type { Refund, RefundEffect, RefundStep, RefundTiming } from "./refund.ts";
import type { RefundAnswer } from "./refund-answer.ts";

/** The answers that tell of a refund the gateway has. */
export type KnownRefund = Extract<RefundAnswer, { readonly kind: "processing" | "success" | "closed" | "abnormal" }>;

/** The event means nothing here: nothing changes and nothing is done. */
export function nothing(refund: Refund): RefundStep {
  return { refund, effects: [] };
}

export function step(refund: Refund, changes: Partial<Refund>, ...effects: readonly RefundEffect[]): RefundStep {
  return { refund: { ...refund, ...changes }, effects };
}

export function isKnown(answer: RefundAnswer): answer is KnownRefund {
  return ["processing", "success", "closed", "abnormal"].includes(answer.kind);
}

export function settle(refund: Refund, outcome: "succeeded" | "closed" | "refused"): RefundStep {
  // The customer still waits for the money: it did not leave, or it came to the shop's own account.
  const needsManager = outcome !== "succeeded" || refund.onward?.to === "shop-account";
  return step(refund, { state: outcome, needsManager }, { kind: "settle", outcome });
}

/** What the gateway says of the refund it has is what the refund is. A refusal heard before is void. */
export function follow(refund: Refund, answer: KnownRefund, timing: RefundTiming): RefundStep {
  const told = { ...refund, facts: answer.facts, refused: null, lastUnknown: null };
  switch (answer.kind) {
    case "success":
      return settle(told, "succeeded");
    case "closed":
      return settle(told, "closed");
    case "processing":
      if (refund.state === "processing") return step(told, {}); // its timer runs already
      return step(
        told,
        // Out of the dead end: whoever was called for it is not needed any more.
        { state: "processing", quietTries: 0, needsManager: refund.needsManager && refund.state !== "abnormal" },
        wait(timing.pollFirstMs),
      );
    case "abnormal":
      if (refund.state === "abnormal") return step(told, {});
      return step(told, { state: "abnormal", needsManager: true }, wait(timing.pollMostMs), { kind: "alarm" });
  }
}

/**
 * The request leaves, again or for the first time, under the one number. The wait beside it brings the next try should
 * no answer come at all: an unclear one sets a shorter wait, back-off from first to most.
 */
export function send(refund: Refund, _event: unknown, nowMs: number, timing: RefundTiming): RefundStep {
  const next = refund.sendTries === 0 || refund.state === "refused" ? "sent" : "unknown";
  const overdue = alarmWhenOverdue(refund, nowMs, timing);
  return step(
    refund,
    {
      state: next,
      sendTries: refund.sendTries + 1,
      lastSentAtMs: nowMs,
      asksSinceSend: 0,
      quietTries: refund.quietTries + 1,
      needsManager: refund.needsManager || overdue.length > 0,
    },
    wait(Math.max(timing.answerMs, doubled(timing.retryFirstMs, refund.quietTries, timing.retryMostMs))),
    { kind: "send-refund" },
    ...overdue,
  );
}

/** Asks what became of it; the next question after the back-off, whatever the answer. */
export function ask(refund: Refund, firstMs: number, mostMs: number, nowMs: number, timing: RefundTiming): RefundStep {
  const overdue = alarmWhenOverdue(refund, nowMs, timing);
  return step(
    refund,
    {
      quietTries: refund.quietTries + 1,
      asksSinceSend: refund.asksSinceSend + 1,
      needsManager: refund.needsManager || overdue.length > 0,
    },
    wait(doubled(firstMs, refund.quietTries, mostMs)),
    { kind: "query-refund" },
    ...overdue,
  );
}

export function wait(ms: number): RefundEffect {
  return { kind: "wait", ms };
}

/** One alarm when the window has passed. A clock that was set back merely calls later. */
function alarmWhenOverdue(refund: Refund, nowMs: number, timing: RefundTiming): readonly RefundEffect[] {
  return !refund.needsManager && nowMs - refund.createdAtMs >= timing.windowMs ? [{ kind: "alarm" }] : [];
}

function doubled(firstMs: number, times: number, mostMs: number): number {
  return Math.min(firstMs * 2 ** times, mostMs);
}
