import type { RequestHeader } from "#contract/nexo/header.ts";
import type { ReversalRequest } from "#contract/nexo/requests.ts";
import type { NexoBody, NexoResponse, ReversalResponse } from "#contract/nexo/responses.ts";
import type { Fen } from "#core/money/fen.ts";
import { amountText, readAmount } from "#core/nexo/amount.ts";
import { endOfRefund, type NotDone } from "#core/nexo/payment-end.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { TillContext } from "#main/till/context.ts";
import type { LegacyPeer } from "#main/till/ports/legacy-desk.ts";
import type { LegacySession } from "#main/till/ports/legacy-store.ts";
import { giveBackByRight } from "#main/till/refunds/refunding.ts";
import { answerOf, endLegacy } from "./ending-sessions.ts";
import { beginSession, repetitionOf } from "./knowing-requests.ts";
import { timeText } from "./payment-answers.ts";
import { failure, refusalBody, success } from "./wording-answers.ts";

type Refusal = Parameters<typeof failure>;

/** Reversals that are asked for at once, before the gateway has them; from there on they are refunds like any other. */
export const mostGiving = 4;

/**
 * An old till gives back what it had paid here, the whole or a part, by the right the shop gives old tills and no further:
 * no sale of this till's own, and within every cap of a refund. It is a refund like any other from there on.
 */
export function reverseLegacy(
  till: TillContext,
  header: RequestHeader,
  body: ReversalRequest,
  from: LegacyPeer,
): Promise<NexoBody> {
  const { TransactionID: saleId, TimeStamp: transactionAt } = body.OriginalPOITransaction.POITransactionID;
  const payment = till.deps.store.legacyPaymentOf(saleId);
  if (payment === null || payment.saleSystem !== header.SaleID)
    return refused(["NotFound", "no payment of this SaleID"]);
  const amountFen = body.ReversedAmount === undefined ? payment.amountFen : readAmount(body.ReversedAmount);
  if (amountFen === null) return refused(["MessageFormat", "ReversedAmount is no amount this till gives"]);
  const identity = { category: "Reversal", transactionId: saleId, transactionAt, amountFen } as const;
  const before = repetitionOf(till, header, identity);
  if (before.kind === "another") return refused(["NotAllowed", before.why]);
  if (before.kind === "again") return answerOf(till, before.session);
  const refusal = whyNotNow(till, saleId);
  if (refusal !== null) return refused(refusal);
  const session = beginSession(till, { ...identity, saleId, header, from }, null);
  void give(till, session, body.ReversalReason);
  return answerOf(till, session);
}

const refused = (why: Refusal): Promise<NexoBody> => Promise.resolve(refusalBody("Reversal", failure(...why)));

function whyNotNow({ deps, state }: TillContext, saleId: string): Refusal | null {
  if (deps.config.legacy?.mayRefund !== true) return ["NotAllowed", "the shop lets old tills give nothing back"];
  if (state.cashier === null || state.shift === null) return ["LoggedOut", "no shift is open at the till"];
  if (state.legacy.giving.size >= mostGiving) return ["Busy", "other money is being given back: ask again"];
  if (deps.store.sale(saleId) === null) return ["NotAllowed", "that payment took nothing, or is not booked yet"];
  return null;
}

/** Under the session's id, so that the same request never gives twice, whatever ends this process in between. */
async function give(
  till: TillContext,
  session: LegacySession,
  reason: ReversalRequest["ReversalReason"],
): Promise<void> {
  const { store, logFault } = till.deps;
  const { sessionId, saleId, amountFen, saleSystem } = session;
  const tender = store.sale(saleId)?.sale.tenders.find(({ kind }) => kind === "wechat");
  if (tender === undefined) return end(till, session, ["NotAllowed", "nothing of it was paid by WeChat Pay"]);
  const { giving } = till.state.legacy;
  giving.add(sessionId);
  try {
    const asked = { requestId: sessionId, saleId, tenderId: tender.tenderId, amountFen, reason: reasons[reason] };
    const given = await giveBackByRight(till, asked, `legacy:${saleSystem}`);
    if (!given.ok) return end(till, session, [conditionOf(given.fault.kind), given.fault.kind]);
  } catch (cause) {
    logFault("give an old till's money back", cause);
  } finally {
    giving.delete(sessionId);
  }
  followReversal(till, session);
}

/** A refund has moved: where an old till waits for it, it is told the end. */
export function followReversals(till: TillContext): void {
  for (const session of till.deps.store.openLegacy()) {
    if (session.category === "Reversal") followReversal(till, session);
  }
}

function followReversal(till: TillContext, session: LegacySession): void {
  // Head office may still be asked about it.
  if (till.state.legacy.giving.has(session.sessionId)) return;
  const refund = refundOf(till, session);
  // Nothing was requested, and nobody is about to: the process that was is gone, or failed before its first byte.
  if (refund === null) return end(till, session, ["Cancel", "the till started again before anything was given back"]);
  const state = refund.gateway?.state ?? refund.state;
  const word = endOfRefund(state);
  if (word === "open") return;
  if (word === "not-given-back") return end(till, session, ["Refusal", `the gateway says ${state}`]);
  endLegacy(till, session, { ReversalResponse: givenBack(till, session, refund) }, "done");
}

function end(till: TillContext, session: LegacySession, why: Refusal): void {
  endLegacy(till, session, { ReversalResponse: { Response: failure(...why), ...original(session) } }, "not-done");
}

function givenBack(till: TillContext, session: LegacySession, refund: SaleRefund): ReversalResponse {
  const Response: NexoResponse = success({ refundNo: refund.refundNo });
  return {
    Response,
    POIData: {
      POITransactionID: { TransactionID: refund.refundNo, TimeStamp: timeText(till, refund.requestedAtMs) },
    },
    ...original(session),
    ReversedAmount: yuan(refund.amountFen),
  };
}

function original({ saleId, transactionAt }: LegacySession): Pick<ReversalResponse, "OriginalPOITransaction"> {
  return { OriginalPOITransaction: { POITransactionID: { TransactionID: saleId, TimeStamp: transactionAt } } };
}

function refundOf(till: TillContext, { sessionId, saleId }: LegacySession): SaleRefund | null {
  return till.deps.store.refundsOfSale(saleId).find(({ requestId }) => requestId === sessionId) ?? null;
}

const yuan = (amountFen: Fen): number => Number(amountText(amountFen));

/** The customer reads it in their own bill. */
const reasons: Readonly<Record<ReversalRequest["ReversalReason"], string>> = {
  CustCancel: "顾客取消",
  MerchantCancel: "商家取消",
  Malfunction: "设备故障",
  Unable2Compl: "交易未完成",
};

function conditionOf(fault: string): NotDone {
  if (fault === "wechat-not-set-up" || fault === "office-away") return "UnavailableService";
  return fault === "no-shift" || fault === "not-signed-in" ? "LoggedOut" : "NotAllowed";
}
