import type { IntentArgs } from "#contract/ipc/intents.ts";
import { fen } from "#core/money/fen.ts";
import { refundOutlook } from "#core/refund/refund-caps.ts";
import { fail } from "#core/result.ts";
import { approve } from "#main/till/approval.ts";
import { finishIfCovered } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { abandonDraft, keepDraft, leftToPay } from "#main/till/drafts.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { closeDialog, hasUnfinishedAttempt } from "#main/till/payment-state.ts";
import { oncePerRequest } from "#main/till/refunds/claiming.ts";
import { refundableSale } from "#main/till/refunds/refundable-sale.ts";
import type { Draft, SaleExchange } from "#main/till/ports/sales-store.ts";
import { checksOf, exchangeSplitOf, isInCart } from "./exchange-drafts.ts";
import { claimParts, giveUpClaims, isSamePlan, judgeAsShown } from "./returning.ts";

type Asked = IntentArgs<"begin-exchange">;

/**
 * 换货: puts goods that come back into the cart, beside the new ones. Nothing is given yet, and nobody else may give it:
 * what stands in a cart counts against the sale's cap. It is given with the new sale in one commit (docs/adr/0011).
 */
export async function beginExchange(till: TillContext, args: Asked): Promise<Outcome> {
  if (till.state.draft.exchange?.returnId === args.requestId) return done;
  const early = refusalToBegin(till, args);
  if (early !== null) return early;
  const approval = await approve(till, { kind: "refund-sale", amountFen: fen(args.amountFen) }, args.approvalPin);
  if (!approval.ok) return approval;
  return oncePerRequest(till, args.requestId, () => begin(till, args, approval.value));
}

async function begin(till: TillContext, args: Asked, approvedBy: string | null): Promise<Outcome> {
  if (till.state.draft.exchange?.returnId === args.requestId) return done;
  const refusal = refusalToBegin(till, args);
  if (refusal !== null) return refusal;
  const asked = judgeAsShown(till, args);
  if (!asked.ok) return asked;
  const { refundable } = asked.value.returnable;
  const claims = await claimParts(till, args.requestId, asked.value);
  if (!claims.ok) return claims;
  const judged = judgeAsShown(till, args);
  const late = refusalToBegin(till, args);
  const { cashier } = till.state;
  if (late !== null || !judged.ok || cashier === null || !isSamePlan(judged.value.plan.parts, asked.value.plan.parts)) {
    giveUpClaims(till, claims.value);
    return late ?? (judged.ok ? refuse("return-changed") : judged);
  }
  const { lines, plan } = judged.value;
  const { saleId, saleNumber } = refundable.sold;
  const exchange: SaleExchange = {
    kind: "of-sale",
    ...{ returnId: args.requestId, saleId, saleNumber, lines, plan, checks: claims.value, reason: args.reason },
    approvedBy: approvedBy ?? cashier.id,
  };
  if (till.state.payment?.done) closeDialog(till);
  keepDraft(till, { ...till.state.draft, exchange });
  return done;
}

function refusalToBegin(till: TillContext, args: Asked): Outcome<never> | null {
  const refusal = refusalToPutIn(till, args.requestId);
  if (refusal !== null) return refusal;
  const judged = judgeAsShown(till, args);
  return judged.ok ? null : judged;
}

/** Why no return of this id may be put into the cart now, whatever its goods are; null where it may. */
export function refusalToPutIn(till: TillContext, returnId: string): Outcome<never> | null {
  const { draft } = till.state;
  const { store } = till.deps;
  if (hasUnfinishedAttempt(till) || draft.tenders.length > 0) return refuse("payment-under-way");
  if (draft.exchange !== undefined) return refuse("exchange-begun");
  // Of a sale that is done or held: the id of an exchange is used once.
  const isGiven = store.saleReturn(returnId) !== null || store.looseReturn(returnId) !== null;
  return isGiven || isInCart(till, returnId) ? refuse("exchange-begun") : null;
}

/** The customer keeps the old goods after all; the new ones stay in the cart. */
export function dropExchange(till: TillContext): Outcome {
  const { draft, cashier } = till.state;
  if (draft.exchange === undefined) return refuse("no-exchange");
  if (hasUnfinishedAttempt(till) || draft.tenders.length > 0) return refuse("payment-under-way");
  const { exchange, ...rest } = draft;
  if (draft.cart.lines.length > 0) keepDraft(till, rest);
  else abandonDraft(till, { kind: "sale-voided", body: voided(draft, cashier?.id) });
  giveUpClaims(till, checksOf(exchange));
  closeDialog(till);
  return done;
}

/** After its cart was thrown away: what was granted for it counts against no other till any more. */
export function giveUpExchange(till: TillContext, { exchange }: Draft): void {
  if (exchange !== undefined) giveUpClaims(till, checksOf(exchange));
}

/** Nothing is left to pay: the sale, the return and what goes back, in one commit. */
export function finishExchange(till: TillContext): Outcome {
  const { state, deps } = till;
  const { draft } = state;
  const { exchange } = draft;
  if (state.shift === null) return refuse("no-shift");
  if (exchange === undefined) return refuse("no-exchange");
  if (draft.cart.lines.length === 0) return refuse("empty-cart");
  if (hasUnfinishedAttempt(till)) return refuse("payment-under-way");
  if (state.weighing !== null) return refuse("weighing-under-way");
  if (state.askedPrice !== null) return refuse("price-asked");
  if (leftToPay(draft) > 0) return refuse("exchange-not-covered");
  const byGateway = (exchangeSplitOf(draft)?.back ?? []).filter(({ inCash }) => !inCash);
  if (byGateway.length > 0 && deps.refunds === null) return refuse("wechat-not-set-up");
  const refundable = exchange.kind === "of-sale" ? refundableSale(till, exchange.saleId) : null;
  for (const { tenderId } of byGateway) {
    const tender = refundable?.paid.find((one) => one.tenderId === tenderId);
    if (refundable === null || tender === undefined) return refuse("no-such-tender");
    const nowMs = deps.clock.now();
    const { notBeforeMs, blocked } = refundOutlook(tender, refundable.past, nowMs);
    if (notBeforeMs !== null) return fail({ kind: "refund-too-soon", waitMs: notBeforeMs - nowMs });
    if (blocked !== null) return refuse("return-changed");
  }
  finishIfCovered(till, null, true);
  return done;
}

function voided({ cart }: Draft, cashierId: string | undefined): object {
  return { saleId: cart.saleId, cashierId, approvedBy: null, lines: cart.lines };
}
