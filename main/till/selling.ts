import type { IntentArgs, IntentFault } from "#contract/ipc/intents.ts";
import type { Action } from "#core/access/permissions.ts";
import { applyCartEvent } from "#core/cart/apply.ts";
import type { Cart, CartEvent, CartFault, CartLine, Discount, LineSource } from "#core/cart/cart.ts";
import type { Item } from "#core/catalog/item.ts";
import { fen, subtractFen, zeroFen, type Fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { milli, pieces, type Milli } from "#core/quantity/quantity.ts";
import { fail } from "#core/result.ts";
import { approve } from "#main/till/approval.ts";
import type { TillContext } from "#main/till/context.ts";
import { beginSale, isBegun, keepDraft, paidOf, totalOf } from "#main/till/drafts.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import type { Draft, JournalDraft } from "#main/till/ports/sales-store.ts";

/**
 * The only way the cart changes. Refused while a payment is under way, and when the total would fall below what is
 * already paid; a finished sale on the screen makes room for the next one.
 */
export function changeCart(till: TillContext, event: CartEvent, entry?: JournalDraft): Outcome {
  const { state } = till;
  if (state.shift === null) return refuse("no-shift");
  if (state.payment?.done) leaveDone(till);
  if (hasUnfinishedAttempt(till)) return refuse("payment-under-way");

  const applied = applyCartEvent(state.draft.cart, event);
  if (!applied.ok) return fail(asIntentFault(applied.fault));
  const changed: Draft = { ...state.draft, cart: applied.value };
  if (totalOf(changed) < paidOf(changed)) return refuse("payment-under-way");
  keepDraft(till, changed, entry);
  return done;
}

/** Ends the thank-you panel; the next sale's cart is already there. */
export function leaveDone(till: TillContext): void {
  till.state.payment = null;
  till.state.isThanking = false;
  till.changed("payment");
}

export function hasUnfinishedAttempt(till: TillContext): boolean {
  const { attempts } = till.deps;
  return attempts !== null && attempts.current(till.state.draft.cart.saleId) !== null;
}

export interface Added {
  readonly item: Item;
  readonly source: LineSource;
  readonly barcode: string | null;
  readonly quantity: Milli;
  /** A price label's amount. */
  readonly labelAmountFen?: Fen;
}

export function addItem(till: TillContext, added: Added): Outcome {
  const { item } = added;
  return addLine(till, {
    id: till.deps.newId(),
    sku: item.sku,
    nameZh: item.nameZh,
    nameEn: item.nameEn,
    categoryId: item.categoryId,
    taxClass: item.taxClass,
    barcode: added.barcode,
    source: added.source,
    unit: item.unit,
    unitPriceFen: item.priceFen,
    quantity: added.quantity,
    labelAmountFen: added.labelAmountFen ?? null,
    discount: null,
  });
}

export function addItemBySku(till: TillContext, args: IntentArgs<"add-item">): Outcome {
  const item = till.deps.catalog.findBySku(args.sku);
  if (item === null) return refuse("no-such-item");
  const quantity = takeMultiplier(till) ?? milli(args.quantity);
  return addItem(till, { item, source: args.by, barcode: null, quantity });
}

/** An item the catalogue does not know, sold by name and price. */
export function addOpenPrice(till: TillContext, args: IntentArgs<"add-open-price">): Outcome {
  return addLine(till, {
    id: till.deps.newId(),
    sku: null,
    nameZh: args.name,
    nameEn: args.name,
    categoryId: null,
    taxClass: "general",
    barcode: args.barcode,
    source: "open-price",
    unit: "piece",
    unitPriceFen: fen(args.priceFen),
    quantity: takeMultiplier(till) ?? pieces(1),
    labelAmountFen: null,
    discount: null,
  });
}

/** The quantity typed before a scan; used once. */
export function takeMultiplier(till: TillContext): Milli | null {
  const { multiplier } = till.state;
  till.state.multiplier = null;
  return multiplier;
}

export function setQuantity(till: TillContext, args: IntentArgs<"set-quantity">): Outcome {
  return changeCart(till, { kind: "quantity-set", lineId: args.lineId, quantity: milli(args.quantity) });
}

export function selectLine(till: TillContext, lineId: string): Outcome {
  return changeCart(till, { kind: "line-selected", lineId });
}

export function voidLine(till: TillContext, lineId: string): Outcome {
  const line = till.state.draft.cart.lines.find((one) => one.id === lineId);
  if (line === undefined) return refuse("no-such-line");
  const body = { saleId: till.state.draft.cart.saleId, cashierId: till.state.cashier?.id, line };
  return changeCart(till, { kind: "line-voided", lineId }, { kind: "line-voided", body });
}

/** Throws the whole cart away; a manager's word is needed, and nothing may be paid of it yet. */
export async function voidSale(till: TillContext, args: IntentArgs<"void-sale">): Promise<Outcome> {
  const { deps, state } = till;
  if (hasUnfinishedAttempt(till) || state.draft.tenders.length > 0) return refuse("payment-under-way");
  if (!isBegun(state.draft)) return refuse("empty-cart");
  const action = { kind: "void-sale", lineCount: state.draft.cart.lines.length } as const;
  const approval = await approve(till, action, args.approvalPin);
  if (!approval.ok) return approval;
  const { cart } = state.draft;
  deps.store.discardDraft(cart.saleId, {
    kind: "sale-voided",
    body: { saleId: cart.saleId, cashierId: state.cashier?.id, approvedBy: approval.value, lines: cart.lines },
  });
  state.payment = null;
  till.changed("payment");
  beginSale(till);
  return done;
}

export async function discountLine(till: TillContext, args: IntentArgs<"discount-line">): Promise<Outcome> {
  const discount = brandDiscount(args.discount);
  const event: CartEvent = { kind: "line-discounted", lineId: args.lineId, discount };
  return grantDiscount(till, event, args.approvalPin);
}

export async function discountSale(till: TillContext, args: IntentArgs<"discount-sale">): Promise<Outcome> {
  const event: CartEvent = { kind: "sale-discounted", discount: brandDiscount(args.discount) };
  return grantDiscount(till, event, args.approvalPin);
}

export function setRounding(till: TillContext, args: IntentArgs<"set-rounding">): Outcome {
  return changeCart(till, { kind: "rounding-set", rounding: args.rounding });
}

type DiscountEvent = Extract<CartEvent, { kind: "line-discounted" | "sale-discounted" }>;

async function grantDiscount(till: TillContext, event: DiscountEvent, pin: string | undefined): Promise<Outcome> {
  const { cart } = till.state.draft;
  const applied = applyCartEvent(cart, event);
  if (!applied.ok) return fail(asIntentFault(applied.fault));
  let approvedBy: string | null = null;
  if (event.discount !== null) {
    const approval = await approve(till, discountAction(applied.value, event), pin);
    if (!approval.ok) return approval;
    approvedBy = approval.value;
  }
  const body = { saleId: cart.saleId, cashierId: till.state.cashier?.id, approvedBy, event };
  return changeCart(till, event, { kind: "discount-granted", body });
}

/** What the grant takes off, as the access rules ask for it; priced on the cart that would come of it. */
function discountAction(cart: Cart, event: DiscountEvent): Action {
  const totals = priceCart(cart);
  if (event.kind === "sale-discounted") {
    const ofFen = subtractFen(totals.grossFen, totals.lineDiscountFen);
    return { kind: "discount-sale", discountFen: totals.saleDiscountFen, ofFen };
  }
  const line = totals.lines.find((one) => one.lineId === event.lineId);
  return { kind: "discount-line", discountFen: line?.discountFen ?? zeroFen, ofFen: line?.grossFen ?? zeroFen };
}

/** Arguments from outside become money here. */
function brandDiscount(discount: IntentArgs<"discount-sale">["discount"]): Discount | null {
  return discount?.kind === "amount" ? { kind: "amount", amountFen: fen(discount.amountFen) } : discount;
}

function addLine(till: TillContext, line: CartLine): Outcome {
  const outcome = changeCart(till, { kind: "line-added", line });
  till.changed("sale");
  return outcome;
}

function asIntentFault(fault: CartFault): IntentFault {
  return fault.kind === "no-such-line" ? { kind: "no-such-line" } : fault;
}
