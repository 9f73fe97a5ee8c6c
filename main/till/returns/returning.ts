import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { fen } from "#core/money/fen.ts";
import type { ReturnView } from "#contract/ipc/return-view.ts";
import type { ReturnPart } from "#core/returns/return-plan.ts";
import type { RefundCheck, SaleRefund } from "#core/refund/sale-refund.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { approve } from "#main/till/approval.ts";
import { openDrawerFor, withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { pointsBack } from "#main/till/members/points-of-return.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { claimRefund, giveUpClaim, oncePerRequest } from "#main/till/refunds/claiming.ts";
import { givenNow, refundsOf } from "#main/till/refunds/building-refunds.ts";
import { replaceUndelivered } from "#main/till/refunds/replaced-refunds.ts";
import type { Refundable } from "#main/till/refunds/refundable-sale.ts";
import { judge, type JudgedReturn } from "./judging.ts";
import { layOutReturn } from "./return-paper.ts";
import { returnView } from "./return-views.ts";

type Asked = IntentArgs<"give-return">;

/**
 * Takes goods back by a manager's word and gives their money back: what was paid by phone the way it came, the rest from
 * the drawer, all of it on disk in one commit before a byte leaves. The same request again is the same return.
 */
export async function giveReturn(till: TillContext, args: Asked): Promise<Outcome<ReturnView>> {
  const before = till.deps.store.saleReturn(args.requestId);
  if (before !== null) return ok(returnView(before));
  // Asked before the PIN, so that a manager is not called for what cannot be, and again after it.
  const early = judgeAsShown(till, args);
  if (!early.ok) return early;
  const approval = await approve(till, { kind: "refund-sale", amountFen: fen(args.amountFen) }, args.approvalPin);
  if (!approval.ok) return approval;
  return oncePerRequest(till, args.requestId, () => give(till, args, approval.value));
}

/** As `judge`, and only what the cashier has seen. */
export function judgeAsShown(till: TillContext, args: Asked): Result<JudgedReturn, IntentFault> {
  const judged = judge(till, args);
  return judged.ok && judged.value.plan.amountFen !== args.amountFen ? refuse("return-changed") : judged;
}

async function give(till: TillContext, args: Asked, approvedBy: string | null): Promise<Outcome<ReturnView>> {
  const { store } = till.deps;
  const before = store.saleReturn(args.requestId);
  if (before !== null) return ok(returnView(before));
  const asked = judgeAsShown(till, args);
  if (!asked.ok) return asked;
  const claims = await claimParts(till, args.requestId, asked.value);
  if (!claims.ok) return claims;
  // Whoever was asked took a moment: what is given is what holds now.
  const judged = judgeAsShown(till, args);
  const { cashier } = till.state;
  if (!judged.ok || cashier === null || !isSamePlan(judged.value.plan.parts, asked.value.plan.parts)) {
    giveUpClaims(till, claims.value);
    return judged.ok ? refuse(cashier === null ? "not-signed-in" : "return-changed") : judged;
  }
  const { returnable, lines, plan } = judged.value;
  const { refundable } = returnable;
  const by = { cashier, approvedBy: approvedBy ?? cashier.id, reason: args.reason };
  const refunds = refundsOf(till, refundable, args.requestId, { parts: plan.parts, checks: claims.value, lines }, by);
  const { sold, other } = refundable;
  const given = store.giveReturn(
    {
      ...{ returnId: args.requestId, saleId: sold.saleId, saleNumber: sold.saleNumber },
      ...(other === null ? {} : { soldBy: sold.terminalId }),
      ...{ lines, worthFen: plan.worthFen, amountFen: plan.amountFen },
      ...pointsBack(till, sold.saleId, lines),
      refundNos: refunds.map(({ refundNo }) => refundNo),
      ...{ reason: args.reason, cashierId: cashier.id, cashierName: cashier.name, approvedBy: by.approvedBy },
      ...givenNow(till),
    },
    refunds,
    (done, journalHash) => JSON.stringify(layOutReturn(till, done, refunds, journalHash)),
  );
  afterReturn(till, refundable, refunds, given.returnId);
  return ok(returnView(given));
}

/** What was granted is for these payments alone. */
export function isSamePlan(a: readonly ReturnPart[], b: readonly ReturnPart[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A word for every part, or for none: what was granted for a return that is not given is given back. */
export async function claimParts(
  till: TillContext,
  returnId: string,
  { returnable: { refundable }, plan: { parts }, lines }: JudgedReturn,
): Promise<Outcome<readonly (RefundCheck | null)[]>> {
  const claims: (RefundCheck | null)[] = [];
  const goods = { returnId, lines: lines.map(({ lineNumber, quantity }) => ({ lineNumber, quantity })) };
  for (const { tenderId, amountFen, inCash } of parts) {
    // One after the other: each counts beside those before it.
    const claim = await claimRefund(till, refundable, { tenderId, amountFen, inCash }, goods);
    if (!claim.ok) {
      giveUpClaims(till, claims);
      return fail(claim.fault);
    }
    claims.push(claim.value);
  }
  return ok(claims);
}

export function giveUpClaims(till: TillContext, claims: readonly (RefundCheck | null)[]): void {
  for (const claim of claims) giveUpClaim(till, claim);
}

/** What follows a durable return may go wrong without undoing it: the gateway is asked, paper and drawer. */
function afterReturn(
  till: TillContext,
  refundable: Refundable,
  refunds: readonly SaleRefund[],
  returnId: string,
): void {
  const { deps } = till;
  withoutFail(till, "send the refunds of a return", () => deps.refunds?.resumeAll());
  for (const refund of refunds) replaceUndelivered(till, refundable.own, refund);
  withoutFail(till, "wake the print queue", () => deps.receipts.wake());
  const isFromDrawer = refunds.some(({ kind }) => kind === "cash");
  if (isFromDrawer) withoutFail(till, "open the drawer", () => openDrawerFor(till, returnId));
  // A member of the sale on the screen may have other points by now.
  till.changed("status", "sale");
}
