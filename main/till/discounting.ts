import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { Action } from "#core/access/permissions.ts";
import { applyCartEvent } from "#core/cart/apply.ts";
import type { Cart, CartEvent, Discount } from "#core/cart/cart.ts";
import { fen, subtractFen, zeroFen, type Fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { fail } from "#core/result.ts";
import { approve } from "#main/till/approval.ts";
import { asIntentFault, changeCart } from "#main/till/cart-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { promoted } from "#main/till/pricing/in-force.ts";

type DiscountEvent = Extract<CartEvent, { kind: "line-discounted" | "sale-discounted" }>;

export async function discountLine(till: TillContext, args: IntentArgs<"discount-line">): Promise<Outcome> {
  const discount = brandDiscount(args.discount);
  return grantDiscount(till, { kind: "line-discounted", lineId: args.lineId, discount }, args.approvalPin);
}

export async function discountSale(till: TillContext, args: IntentArgs<"discount-sale">): Promise<Outcome> {
  return grantDiscount(till, { kind: "sale-discounted", discount: brandDiscount(args.discount) }, args.approvalPin);
}

/** Taking a discount back needs nobody's word; granting one needs it above the cashier's limit. */
async function grantDiscount(till: TillContext, event: DiscountEvent, pin: string | undefined): Promise<Outcome> {
  const { cart } = till.state.draft;
  if (cart.lines.length === 0) return refuse("empty-cart");
  const applied = applyCartEvent(cart, event);
  if (!applied.ok) return fail(asIntentFault(applied.fault));
  const approval = await approve(till, discountAction(promoted(till, applied.value), event), pin);
  if (!approval.ok) return approval;
  // The PIN took a moment: a discount judged on one cart is not given on another.
  if (till.state.draft.cart !== cart) return refuse("cart-busy");
  const body = { saleId: cart.saleId, cashierId: till.state.cashier?.id, approvedBy: approval.value, event };
  return changeCart(till, event, { kind: "discount-granted", body });
}

/**
 * What the grant takes off, as the access rules ask for it. A percentage is judged as the share it will take of every
 * line still to come, not by what it takes now: 100 % of nothing would be within any limit.
 */
function discountAction(cart: Cart, event: DiscountEvent): Action {
  const { discount } = event;
  if (discount === null) return { kind: "sell" };
  const kind = event.kind === "line-discounted" ? "discount-line" : "discount-sale";
  const isOverridden =
    event.kind === "line-discounted" &&
    cart.lines.some((line) => line.id === event.lineId && line.override !== undefined);
  if (discount.kind === "percent") {
    return { kind, discountFen: fen(discount.basisPoints), ofFen: fen(10_000), isOverridden };
  }
  return { kind, discountFen: discount.amountFen, ofFen: discountableFen(cart, event), isOverridden };
}

function discountableFen(cart: Cart, event: DiscountEvent): Fen {
  const totals = priceCart(cart);
  if (event.kind === "sale-discounted") {
    return subtractFen(subtractFen(totals.grossFen, totals.lineDiscountFen), totals.promotionFen);
  }
  return totals.lines.find((line) => line.lineId === event.lineId)?.grossFen ?? zeroFen;
}

/** Arguments from outside become money here. */
function brandDiscount(discount: IntentArgs<"discount-sale">["discount"]): Discount | null {
  return discount?.kind === "amount" ? { kind: "amount", amountFen: fen(discount.amountFen) } : discount;
}
