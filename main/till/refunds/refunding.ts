import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { RefundView } from "#contract/ipc/refund-view.ts";
import type { Cashier } from "#core/access/role.ts";
import { fen } from "#core/money/fen.ts";
import { checkRefund } from "#core/refund/refund-caps.ts";
import type { RefundCheck, SaleRefund } from "#core/refund/sale-refund.ts";
import type { SoldTender } from "#core/refund/sold-sale.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { approve } from "#main/till/approval.ts";
import { openDrawerFor, withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { layOutRefundReceipt } from "#main/till/receipt/lay-out-receipt.ts";
import { refundView } from "#main/till/view/refund-view.ts";
import { buildRefund } from "./building-refunds.ts";
import { claimRefund, giveUpClaim, oncePerRequest } from "./claiming.ts";
import { asIntentFault } from "./refund-faults.ts";
import { type Refundable, refundableSale } from "./refundable-sale.ts";
import { replacementOf, replaceUndelivered, triedAfter } from "./replaced-refunds.ts";
import { retryCharge } from "./returning-charges.ts";

/** What is to be given back of which payment. */
interface Asked {
  readonly requestId: string;
  readonly saleId: string;
  readonly tenderId: string;
  readonly amountFen: number;
  readonly reason: string;
  readonly inCash?: boolean | undefined;
  /** Of a refund that is tried again: what came back for it. */
  readonly goods?: SaleRefund["goods"] | undefined;
}

/**
 * Gives money back, by a manager's word: cash from the drawer at once, WeChat Pay the way it came, or in cash where the
 * gateway does not give it back. The answer is how far
 * it is by then; a refund through the gateway goes on by itself, over restarts, and ends with a notice and a paper.
 */
export async function refundSale(till: TillContext, args: IntentArgs<"refund-sale">): Promise<Outcome<RefundView>> {
  const before = alreadyBegun(till, args);
  if (before !== null) return ok(refundView(before));
  // Asked before the PIN, so that a manager is not called for what cannot be, and again after it.
  const early = check(till, args);
  if (!early.ok) return early;
  const approval = await approve(till, { kind: "refund-sale", amountFen: fen(args.amountFen) }, args.approvalPin);
  if (!approval.ok) return approval;
  return oncePerRequest(till, args.requestId, () => give(till, args, approval.value));
}

/**
 * As above, by a right the shop has given once and for all instead of a manager's PIN; `approvedBy` is whose it is. WeChat
 * Pay alone: nothing leaves the drawer without somebody at it.
 */
export function giveBackByRight(
  till: TillContext,
  asked: Pick<Asked, "requestId" | "saleId" | "tenderId" | "amountFen" | "reason">,
  approvedBy: string,
): Promise<Outcome<RefundView>> {
  return oncePerRequest(till, asked.requestId, () => give(till, asked, approvedBy));
}

/**
 * Tries a refund again that was not given back: a refused one under its own number, because the gateway may yet know it;
 * a closed one under a new number, because the gateway has ended the old one.
 */
export async function retryRefund(till: TillContext, args: IntentArgs<"retry-refund">): Promise<Outcome<RefundView>> {
  const found = till.deps.store.refund(args.refundNo);
  if (found === null) return refuse("no-such-refund");
  if (found.state !== "refused" && found.state !== "closed") return refuse("refund-not-ended");
  const replacement = replacementOf(till, found);
  if (replacement !== null) return ok(refundView(replacement));
  if (found.handled !== null) return refuse("refund-not-ended");
  if (found.kind === "charge") return retryCharge(till, found, args.approvalPin);
  const approval = await approve(till, { kind: "refund-sale" }, args.approvalPin);
  if (!approval.ok) return approval;
  if (found.state === "closed") {
    const asked = { ...found, requestId: triedAfter(found.refundNo) };
    return oncePerRequest(till, asked.requestId, () => give(till, asked, approval.value));
  }
  return oncePerRequest(till, args.refundNo, () => sendAgain(till, args.refundNo));
}

/** Asks whoever knows of all tills' refunds, then gives; what was granted and is not given is given back. */
async function give(till: TillContext, asked: Asked, approvedBy: string | null): Promise<Outcome<RefundView>> {
  const before = alreadyBegun(till, asked);
  if (before !== null) return ok(refundView(before));
  const allowed = check(till, asked);
  if (!allowed.ok) return allowed;
  const claim = await claimRefund(till, allowed.value.refundable, asked);
  if (!claim.ok) return claim;
  const outcome = begin(till, asked, approvedBy, claim.value);
  if (!outcome.ok) giveUpClaim(till, claim.value);
  return outcome;
}

async function sendAgain(till: TillContext, refundNo: string): Promise<Outcome<RefundView>> {
  const { store } = till.deps;
  const refused = store.refund(refundNo);
  if (refused === null) return refuse("no-such-refund");
  // It was given up, so another refund may have taken its place meanwhile.
  const allowed = check(till, refused, refundNo);
  if (!allowed.ok) return allowed;
  const claim = await claimRefund(till, allowed.value.refundable, refused);
  if (!claim.ok) return claim;
  const now = store.refund(refundNo);
  const { refunds } = till.deps;
  if (now?.state !== "refused" || now.gateway === null || refunds === null) {
    giveUpClaim(till, claim.value);
    return refuse(refunds === null ? "wechat-not-set-up" : "refund-not-ended");
  }
  if (claim.value !== null) store.noteCheck(refundNo, claim.value);
  refunds.retry(now.gateway);
  return ok(refundView(store.refund(refundNo) ?? now));
}

interface Allowed {
  readonly refundable: Refundable;
  readonly tender: SoldTender;
  readonly cashier: Cashier;
}

/** Whether so much may be given back now; `again` is the number of a refused refund that is to be sent again. */
function check(till: TillContext, asked: Asked, again: string | null = null): Result<Allowed, IntentFault> {
  const { deps, state } = till;
  if (state.cashier === null) return refuse("not-signed-in");
  if (state.shift === null) return refuse("no-shift");
  const refundable = refundableSale(till, asked.saleId, again);
  if (refundable === null) return refuse("no-such-sale");
  const { tenderId } = asked;
  const checked = checkRefund(
    { tenderId, amountFen: fen(asked.amountFen), isInCash: asked.inCash === true },
    ...([refundable.paid, refundable.past, deps.clock.now()] as const),
  );
  if (!checked.ok) return fail(asIntentFault(checked.fault));
  const tender = refundable.sold.tenders.find((one) => one.tenderId === tenderId);
  if (tender === undefined) return refuse("no-such-tender");
  if (deps.store.staticTaking(tenderId)?.state === "never-received") return refuse("taking-never-received");
  if (tender.kind === "wechat" && asked.inCash !== true && deps.refunds === null) return refuse("wechat-not-set-up");
  return ok({ refundable, tender, cashier: state.cashier });
}

/** The answer may have been lost, or the key pressed twice: the same request is the same refund. */
function alreadyBegun(till: TillContext, { saleId, requestId }: Asked): SaleRefund | null {
  return till.deps.store.refundsOfSale(saleId).find((refund) => refund.requestId === requestId) ?? null;
}

function begin(
  till: TillContext,
  asked: Asked,
  approvedBy: string | null,
  claim: RefundCheck | null,
): Outcome<RefundView> {
  const allowed = check(till, asked);
  if (!allowed.ok) return allowed;
  const { deps } = till;
  const { refundable, cashier } = allowed.value;
  const refund = {
    ...buildRefund(till, refundable, asked, { cashier, approvedBy: approvedBy ?? cashier.id, reason: asked.reason }),
    ...(claim === null ? {} : { check: claim }),
  };
  if (refund.kind === "cash") giveCash(till, refund);
  else deps.refunds?.start(refund);
  replaceUndelivered(till, refundable.own, refund);
  till.changed("status");
  return ok(refundView(deps.store.refund(refund.refundNo) ?? refund));
}

function giveCash(till: TillContext, refund: SaleRefund): void {
  const { deps } = till;
  deps.store.giveCashRefund(refund, (given, journalHash) =>
    JSON.stringify(layOutRefundReceipt(till, given, journalHash)),
  );
  withoutFail(till, "wake the print queue", () => deps.receipts.wake());
  withoutFail(till, "open the drawer", () => openDrawerFor(till, refund.refundNo));
}
