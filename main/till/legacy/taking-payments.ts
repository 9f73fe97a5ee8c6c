import type { PaymentRequest } from "#contract/nexo/requests.ts";
import type { RequestHeader } from "#contract/nexo/header.ts";
import type { NexoBody } from "#contract/nexo/responses.ts";
import { applyCartEvent } from "#core/cart/apply.ts";
import { openPriceLine } from "#core/cart/new-line.ts";
import { readAmount } from "#core/nexo/amount.ts";
import type { Fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { freshDraft, isBegun } from "#main/till/drafts.ts";
import { isGatewayAway, lookOnce } from "#main/till/gateway-watch.ts";
import { withdrawNotices } from "#main/till/notices.ts";
import { showQr } from "#main/till/paying.ts";
import { choosing, takesWechat } from "#main/till/payment-state.ts";
import type { LegacyPeer } from "#main/till/ports/legacy-desk.ts";
import type { LegacySession } from "#main/till/ports/legacy-store.ts";
import type { Draft } from "#main/till/ports/sales-store.ts";
import { answerOf, endUnpaid } from "./ending-sessions.ts";
import { type Asked, beginSession, repetitionOf } from "./knowing-requests.ts";
import { failure, refusalBody } from "./wording-answers.ts";

type Refusal = Parameters<typeof failure>;

/**
 * An old till's payment: a sale of one line that is nobody's goods, paid by one WeChat attempt like any other. What was asked
 * before is never begun again: a repeated request, or another one for the same sale of the old till, has the first one's
 * answer; only where that one provably took nothing may a new request try again.
 */
export function takeLegacyPayment(
  till: TillContext,
  header: RequestHeader,
  body: PaymentRequest,
  from: LegacyPeer,
): Promise<NexoBody> {
  const amountFen = readAmount(body.PaymentTransaction.AmountsReq.RequestedAmount);
  if (amountFen === null) return refused(["MessageFormat", "RequestedAmount is no amount this till takes"]);
  const { TransactionID: transactionId, TimeStamp: transactionAt } = body.SaleData.SaleTransactionID;
  const identity = { category: "Payment", transactionId, transactionAt, amountFen, saleId: null } as const;
  const before = repetitionOf(till, header, identity);
  if (before.kind === "another") return refused(["NotAllowed", before.why]);
  if (before.kind === "again") return answerOf(till, before.session);
  const refusal = whyNotNow(till);
  if (refusal !== null) return refused(refusal);
  return answerOf(till, begin(till, { ...identity, saleId: till.deps.newId(), header, from }));
}

const refused = (why: Refusal): Promise<NexoBody> => Promise.resolve(refusalBody("Payment", failure(...why)));

/** One customer at a time, and nothing that was begun at this till is pushed aside for an old one's. */
function whyNotNow(till: TillContext): Refusal | null {
  const { deps, state } = till;
  if (state.cashier === null || state.isLocked) return ["LoggedOut", "nobody is signed in at the till"];
  if (state.shift === null) return ["LoggedOut", "no shift is open at the till"];
  if (deps.attempts === null || !takesWechat(deps)) return ["UnavailableService", "WeChat Pay is not set up"];
  const isPaying = state.payment !== null && state.payment.done === null;
  if (isPaying || isBegun(state.draft)) return ["Busy", "a sale is under way at the till"];
  if (state.weighing !== null || state.askedPrice !== null) return ["Busy", "a sale is under way at the till"];
  if (!isGatewayAway(till)) return null;
  lookOnce(till);
  return ["UnreachableHost", "WeChat Pay is out of reach, nothing was charged"];
}

/** On disk first: the request, and the sale it is for. Then the screen waits for the customer. */
function begin(till: TillContext, asked: Asked & { readonly saleId: string }): LegacySession {
  const { deps, state } = till;
  const draft = draftFor(till, asked);
  const session = beginSession(till, asked, draft);
  state.draft = draft;
  state.multiplier = null;
  state.legacy.open.set(session.saleId, session);
  state.legacy.shownLines = [];
  state.payment = choosing;
  state.isThanking = false;
  withdrawNotices(till, ({ kind }) => kind === "legacy-not-paid");
  till.changed("sale", "payment", "status");
  const { waitSeconds = 0, showsQr = false } = deps.config.legacy ?? {};
  deps.clock.after(waitSeconds * 1_000, () => endIfNobodyCame(till, session));
  deps.playSound("found");
  if (showsQr) showQr(till, { amountFen: null });
  return session;
}

/** The customer has shown nothing. An attempt that was begun has its own limits, and ends by them. */
function endIfNobodyCame(till: TillContext, session: LegacySession): void {
  if (till.state.legacy.open.get(session.saleId) !== session) return;
  if (till.deps.store.attemptsOfSale(session.saleId).length > 0) return;
  endUnpaid(till, session, "Cancel", "the customer did not pay in time");
}

/** No goods of this till: no stock moves, no promotion applies, and nothing is rounded off what the old till asked for. */
function draftFor({ deps, state }: TillContext, asked: Asked & { readonly saleId: string }): Draft {
  const { saleId, transactionId, amountFen, header } = asked;
  const draft = freshDraft(saleId, state.cashier?.id ?? "", deps.clock.now(), "none");
  const line = lineFor(deps.newId(), `${header.SaleID} ${transactionId}`, amountFen);
  const cart = applyCartEvent(draft.cart, { kind: "line-added", line });
  assert(cart.ok, "a cart with nothing in it takes one line");
  return { ...draft, cart: cart.value };
}

function lineFor(id: string, name: string, priceFen: Fen) {
  return openPriceLine({ id, nameZh: name, nameEn: name, taxClass: "general", barcode: null, priceFen });
}
