import type { Refund, RefundEvent, RefundStep, RefundTiming } from "./refund.ts";
import type { RefundAnswer } from "./refund-answer.ts";
import { ask, follow, isKnown, nothing, send, settle, step, wait } from "./refund-moves.ts";

/** The third question comes 35 s after the last request at the earliest, longer than any request is under way. */
const asksThatOutliveASend = 3;

type EventKind = RefundEvent["kind"];
/** The event of kind `K`, written so that the compiler can match it to the cell of kind `K`. */
export type RefundEventByKind<K extends EventKind = EventKind> = {
  [P in K]: { readonly kind: P } & Extract<RefundEvent, { readonly kind: P }>;
}[K];

type Cell<K extends EventKind> = (
  refund: Refund,
  event: RefundEventByKind<K>,
  nowMs: number,
  timing: RefundTiming,
) => RefundStep;

/** One state's answer to every event. */
export type RefundRow = { readonly [K in EventKind]: Cell<K> };

/** The first request is on its way, sent by this very process. */
export const sentRow: RefundRow = {
  stored: nothing,
  "refund-answered": (refund, { answer }, nowMs, timing) => {
    // Only here is a refusal proof: it answers the only request that ever left.
    if (answer.kind === "refused" && refund.sendTries === 1) {
      return settle({ ...refund, refused: { reason: answer.reason, code: answer.code } }, "refused");
    }
    return answerSend(refund, answer, nowMs, timing);
  },
  // No query has been asked yet, but a refund the gateway knows is a refund.
  "query-answered": (refund, { answer }, _nowMs, timing) =>
    isKnown(answer) ? follow(refund, answer, timing) : nothing(refund),
  timer: sendAgain,
  "onward-requested": nothing,
  "onward-answered": nothing,
  "retry-requested": nothing,
  resumed: sendAgain,
};

/** Nothing definite is known: the same request again, or a query where a refusal has to be confirmed. */
export const unknownRow: RefundRow = {
  stored: nothing,
  "refund-answered": (refund, { answer }, nowMs, timing) => answerSend(refund, answer, nowMs, timing),
  "query-answered": (refund, { answer }, nowMs, timing) => {
    if (isKnown(answer)) return follow(refund, answer, timing);
    if (answer.kind === "unknown") return step(refund, { lastUnknown: answer.cause });
    // Refused, and no such refund exists: together they are proof. Without the refusal the timer sends again.
    const isProof = answer.kind === "not-found" && refund.refused !== null && isPastDelay(refund, nowMs, timing);
    return isProof ? settle(refund, "refused") : nothing(refund);
  },
  timer: (refund, event, nowMs, timing) =>
    refund.refused === null
      ? sendAgain(refund, event, nowMs, timing)
      : ask(refund, timing.retryFirstMs, timing.retryMostMs, nowMs, timing),
  "onward-requested": nothing,
  "onward-answered": nothing,
  "retry-requested": nothing,
  resumed: sendAgain,
};

/** Accepted: asked about until it ends. */
export const processingRow: RefundRow = {
  stored: nothing,
  "refund-answered": followOnly,
  "query-answered": followOnly,
  timer: askPoll,
  "onward-requested": nothing,
  // The query was faster than the answer to what it tells of.
  "onward-answered": followOnly,
  "retry-requested": nothing,
  resumed: askPoll,
};

/** Stuck at the gateway until a person says where the money goes; asked about seldom, for it may still end well. */
export const abnormalRow: RefundRow = {
  stored: nothing,
  "refund-answered": followOnly,
  "query-answered": (refund, event, nowMs, timing) => {
    const isStill = event.answer.kind === "abnormal";
    return followOnly(isStill ? forgetDoubt(refund, nowMs, timing) : refund, event, nowMs, timing);
  },
  timer: askSeldom,
  // The gateway takes it for a stuck refund alone, so asking twice sends nothing on twice.
  "onward-requested": sendOnward,
  "onward-answered": answerOnward,
  "retry-requested": nothing,
  resumed: (refund, event, nowMs, timing) => {
    const { onward } = refund;
    // Card and name are gone with the process; whether they were taken, the query tells.
    const isOpen = onward !== null && onward.refused === null;
    return askSeldom(isOpen ? { ...refund, onward: { ...onward, isDoubtful: true } } : refund, event, nowMs, timing);
  },
};

/** An answer to a request when it was not the only one, or when it refused nothing. */
function answerSend(refund: Refund, answer: RefundAnswer, nowMs: number, timing: RefundTiming): RefundStep {
  if (isKnown(answer)) return follow(refund, answer, timing);
  const retry = wait(Math.min(timing.retryFirstMs * 2 ** Math.max(refund.quietTries - 1, 0), timing.retryMostMs));
  if (answer.kind === "unknown") {
    // A refusal noted before this unclear answer no longer stands alone: the next try is the request again.
    return step(refund, { state: "unknown", lastUnknown: answer.cause, refused: null }, retry);
  }
  if (answer.kind === "not-found" && isTransient(refund, nowMs, timing)) {
    return step(refund, { state: "unknown" }, retry); // the order may not have reached that part of the gateway
  }
  const refused =
    answer.kind === "refused"
      ? { reason: answer.reason, code: answer.code }
      : ({ reason: "order-not-found", code: "RESOURCE_NOT_EXISTS" } as const);
  return step(refund, { state: "unknown", refused }, retry, { kind: "query-refund" });
}

/**
 * Past the gateway's own delay after the last request, in which a refund it has accepted may not be found yet (and the
 * money it took be what the refusal misses). A clock may jump over the delay: waits that really passed count beside it.
 */
function isPastDelay(refund: Refund, nowMs: number, timing: RefundTiming): boolean {
  return nowMs - refund.lastSentAtMs >= timing.transientNotFoundMs && refund.asksSinceSend >= asksThatOutliveASend;
}

/** An order may not be known yet all over the gateway. A clock set back keeps it so: asking again harms nobody. */
function isTransient(refund: Refund, nowMs: number, timing: RefundTiming): boolean {
  return nowMs - refund.createdAtMs < timing.transientNotFoundMs;
}

function sendAgain(refund: Refund, event: RefundEvent, nowMs: number, timing: RefundTiming): RefundStep {
  return send(refund, event, nowMs, timing);
}

function followOnly(
  refund: Refund,
  event: Extract<RefundEvent, { readonly answer: RefundAnswer }>,
  _nowMs: number,
  timing: RefundTiming,
): RefundStep {
  const { answer } = event;
  if (isKnown(answer)) return follow(refund, answer, timing);
  return answer.kind === "unknown" ? step(refund, { lastUnknown: answer.cause }) : nothing(refund);
}

/** A word that the gateway may have taken stands: another target would be told to whom it does not go. */
function sendOnward(
  refund: Refund,
  { to }: RefundEventByKind<"onward-requested">,
  nowMs: number,
  timing: RefundTiming,
): RefundStep {
  const open = refund.onward !== null && refund.onward.refused === null ? refund.onward : null;
  if (open !== null && open.to !== to) return nothing(refund);
  const onward = { to, atMs: nowMs, refused: null, isDoubtful: open?.isDoubtful ?? false };
  return step(refund, { onward }, wait(timing.answerMs), { kind: "send-onward" });
}

function answerOnward(
  refund: Refund,
  event: RefundEventByKind<"onward-answered">,
  nowMs: number,
  timing: RefundTiming,
): RefundStep {
  const { answer } = event;
  const { onward } = refund;
  if (isKnown(answer) || onward === null) return followOnly(refund, event, nowMs, timing);
  if (answer.kind === "unknown") {
    return step(refund, { lastUnknown: answer.cause, onward: { ...onward, isDoubtful: true } });
  }
  if (onward.isDoubtful) return step(refund, {}, { kind: "query-refund" });
  const refused = answer.kind === "refused" ? answer.code : "RESOURCE_NOT_EXISTS";
  return step(refund, { onward: { ...onward, refused } });
}

/** Stuck still, when every request of it has landed or died: none was taken. */
function forgetDoubt(refund: Refund, nowMs: number, timing: RefundTiming): Refund {
  const { onward } = refund;
  if (onward === null || !onward.isDoubtful || nowMs - onward.atMs < timing.answerMs) return refund;
  return { ...refund, onward: { ...onward, refused: "ABNORMAL", isDoubtful: false } };
}

function askPoll(refund: Refund, _event: RefundEvent, nowMs: number, timing: RefundTiming): RefundStep {
  return ask(refund, timing.pollFirstMs, timing.pollMostMs, nowMs, timing);
}

function askSeldom(refund: Refund, _event: RefundEvent, nowMs: number, timing: RefundTiming): RefundStep {
  return ask(refund, timing.pollMostMs, timing.pollMostMs, nowMs, timing);
}
