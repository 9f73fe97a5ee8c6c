import type { NexoBody } from "#contract/nexo/responses.ts";
import { endOfPayment, type NotDone } from "#core/nexo/payment-end.ts";
import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { beginSale } from "#main/till/drafts.ts";
import { notify } from "#main/till/notices.ts";
import { closeDialog } from "#main/till/payment-state.ts";
import type { LegacyEnd, LegacySession } from "#main/till/ports/legacy-store.ts";
import type { Waiting } from "./legacy-state.ts";
import { inProgressBody, notPaidBody, paidBody } from "./payment-answers.ts";

/** A disk that refused an answer is asked again; what the money did is on it already. */
const tryAgainMs = 5_000;
/**
 * Messages that wait for an end, over all doors. The serial line and the drop folder each hold more, so that a question, an
 * abort or a print is never kept out by requests that wait.
 */
export const mostWaiting = 6;

/**
 * A payment of some sale has ended or gone on: where an old till asked for it, its answer is made durable and told. What
 * ended is read from the disk, so that it makes no difference whether this process or the one before saw it end.
 */
export function legacyPaymentMoved(till: TillContext, saleId: string): void {
  const session = till.state.legacy.open.get(saleId);
  if (session !== undefined) endByItsAttempts(till, session);
}

function endByItsAttempts(till: TillContext, session: LegacySession): void {
  const end = endOfPayment(till.deps.store.attemptsOfSale(session.saleId));
  if (end.kind === "open") return;
  if (end.kind === "paid") return endLegacy(till, session, paidBody(till, session, end.attempt), "done");
  // The old till's own word: its answer says so, where nothing else was the reason.
  const isAborted = end.condition === "Cancel" && till.state.legacy.aborted.has(session.sessionId);
  endUnpaid(till, session, isAborted ? "Aborted" : end.condition, end.why);
}

/** Ends a payment of which nothing was taken, and throws its sale away. Asserts, on disk, that no payment may be under way. */
export function endUnpaid(till: TillContext, session: LegacySession, condition: NotDone, why: string): void {
  endLegacy(till, session, notPaidBody(till, session, condition, why), "not-done");
}

/** Stores the answer, then tells whoever waits. A disk that refuses keeps both waiting, and is asked again. */
export function endLegacy(
  till: TillContext,
  session: LegacySession,
  body: NexoBody,
  outcome: LegacyEnd["outcome"],
): void {
  const { deps, state } = till;
  const { sessionId, saleId, category } = session;
  if (deps.store.legacySession(sessionId)?.end !== null) return;
  const discards = category === "Payment" && outcome === "not-done";
  const response =
    "PaymentResponse" in body
      ? body.PaymentResponse.Response
      : "ReversalResponse" in body
        ? body.ReversalResponse.Response
        : null;
  const entry = {
    kind: "legacy-answered",
    body: { sessionId, category, saleId, outcome, condition: response?.ErrorCondition ?? null },
  } as const;
  const isStored = withoutFail(till, "store an old till's answer", () =>
    deps.store.endLegacy(sessionId, { outcome, answer: JSON.stringify(body), atMs: deps.clock.now() }, discards, entry),
  );
  if (!isStored) {
    deps.clock.after(tryAgainMs, () => endLegacy(till, session, body, outcome));
    return;
  }
  till.changed("status", "held", "openAttempts");
  state.legacy.aborted.delete(sessionId);
  if (category === "Payment") {
    state.legacy.open.delete(saleId);
    if (discards) leaveScreen(till, session);
  }
  tell(till, sessionId, body);
}

/** The sale that was thrown away has the screen no longer, and the cashier reads why. */
function leaveScreen(till: TillContext, { saleId, saleSystem, amountFen }: LegacySession): void {
  if (till.state.draft.cart.saleId === saleId) {
    closeDialog(till);
    beginSale(till);
  }
  notify(till, { kind: "legacy-not-paid", saleSystem, amountFen });
}

function tell({ state }: TillContext, sessionId: string, body: NexoBody): void {
  for (const waiting of [...state.legacy.waiting]) if (waiting.sessionId === sessionId) waiting.answer(body);
}

/**
 * The answer to a session: at once where it has one, when it ends, or that nobody knows yet once the wait is over. Where as
 * many wait as may, the one that has waited longest is told so now: most likely its line has gone, and it may ask again.
 */
export function answerOf(till: TillContext, session: LegacySession): Promise<NexoBody> {
  const { deps, state } = till;
  const { sessionId } = session;
  const { end } = deps.store.legacySession(sessionId) ?? session;
  // Written by `endLegacy` of this file and nobody else, in a database whose pages are checked.
  if (end !== null) return Promise.resolve(JSON.parse(end.answer) as NexoBody);
  return new Promise((resolve) => {
    const { waiting } = state.legacy;
    const stop = deps.clock.after((deps.config.legacy?.answerSeconds ?? 0) * 1_000, () => mine.giveUp());
    const mine: Waiting = {
      sessionId,
      answer(body) {
        stop();
        waiting.delete(mine);
        resolve(body);
      },
      giveUp: () => mine.answer(inProgressBody(till, session)),
    };
    waiting.add(mine);
    const [longest] = waiting;
    if (waiting.size > mostWaiting) longest?.giveUp();
  });
}
