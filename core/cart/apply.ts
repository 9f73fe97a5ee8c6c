import { fen, isFen } from "#core/money/fen.ts";
import { mayShareLine } from "#core/pack/pack.ts";
import { priceCart, rawGrossOf } from "#core/pricing/price-cart.ts";
import { type CartCoupon, mostCoupons } from "#core/promotion/promotion.ts";
import { isSellable, milli } from "#core/quantity/quantity.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import {
  emptyCart,
  maxCartLines,
  type Cart,
  type CartEvent,
  type CartFault,
  type CartLine,
  type Discount,
} from "./cart.ts";

type CartResult = Result<Cart, CartFault>;

/**
 * The cart after an event, or why the event cannot be: the cart itself is never touched, so a refused event changes
 * nothing. The line that was added to, changed or chosen becomes the current one; after a void it is the last line.
 * Discounts are judged when they are granted; one that became too large because the cart shrank is cut down by the
 * totals instead. A discount of zero or less is `amount-out-of-range`. Promotions are not worked out here: every event but
 * a selection leaves a cart without them (core/promotion).
 */
export function applyCartEvent(cart: Cart, event: CartEvent): CartResult {
  const applied = applyTo(cart, event);
  if (!applied.ok || event.kind === "line-selected" || applied.value.promotions === undefined) return applied;
  // What was worked out for other goods is nothing to go by: no line leaves its part of a promotion behind.
  const { promotions: _, ...bare } = applied.value;
  return ok(bare);
}

function applyTo(cart: Cart, event: CartEvent): CartResult {
  switch (event.kind) {
    case "line-added":
      return addLine(cart, event.line);
    case "quantity-set":
      return onLine(cart, event.lineId, (line) => setQuantity(cart, line, event.quantity));
    case "line-voided":
      return onLine(cart, event.lineId, (line) => ok(withoutLine(cart, line)));
    case "line-selected":
      return onLine(cart, event.lineId, (line) => ok({ ...cart, currentLineId: line.id }));
    case "line-discounted":
      return onLine(cart, event.lineId, (line) => discountLine(cart, line, event.discount));
    case "sale-discounted":
      return discountSale(cart, event.discount);
    case "rounding-set":
      return ok({ ...cart, rounding: event.rounding });
    case "price-overridden":
      return onLine(cart, event.lineId, (line) => overridePrice(cart, line, event.to));
    case "coupon-added":
      return addCoupon(cart, event.coupon);
    case "coupon-removed":
      return ok(
        withCoupons(
          cart,
          (cart.coupons ?? []).filter(({ code }) => code !== event.code),
        ),
      );
    case "member-set": {
      const { isMember: _, member, ...rest } = cart;
      if (event.memberId === null) return ok(rest);
      // The same member again keeps the points they chose.
      return ok({ ...rest, member: member?.memberId === event.memberId ? member : { memberId: event.memberId } });
    }
    case "points-spent":
      return spendPoints(cart, event.count, event.fenPerPoint);
  }
}

export interface ReplayFault {
  readonly kind: "event-refused";
  /** Place in the sequence, from 0. */
  readonly index: number;
  readonly fault: CartFault;
}

/** The cart its events made. Stops at the first event that cannot be: a record that does not replay is damaged. */
export function replayCart(saleId: string, events: Iterable<CartEvent>): Result<Cart, ReplayFault> {
  let cart = emptyCart(saleId);
  let index = 0;
  for (const event of events) {
    const applied = applyCartEvent(cart, event);
    if (!applied.ok) return fail({ kind: "event-refused", index, fault: applied.fault });
    cart = applied.value;
    index += 1;
  }
  return ok(cart);
}

/** A line that is one pack: its weight or amount is printed on it, or it has a number no other has. */
export function isLabelLine(line: CartLine): boolean {
  return line.source === "weighed-label" || line.labelAmountFen !== null || hasSerial(line);
}

function hasSerial({ pack }: CartLine): boolean {
  return pack !== undefined && pack.serial !== null;
}

/** A line whose quantity nobody may change: a scale's word, on a label or over the wire. */
export function isQuantityFixed(line: CartLine): boolean {
  return isLabelLine(line) || line.weighing?.by === "scale";
}

function addLine(cart: Cart, line: CartLine): CartResult {
  if (!isSellable(line.quantity, line.unit)) return fail({ kind: "quantity-out-of-range" });
  if (line.unitPriceFen < 0 || (line.labelAmountFen ?? 0) < 0) return fail({ kind: "amount-out-of-range" });
  const fault = faultOfLineDiscount(line, line.discount);
  if (fault !== null) return fail(fault);
  if (hasSerial(line) && cart.lines.some((other) => isSamePack(other, line)))
    return fail({ kind: "serial-already-in-cart" });

  const equalLine = cart.lines.findLast((candidate) => canMerge(candidate, line));
  if (equalLine !== undefined) return setQuantity(cart, equalLine, equalLine.quantity + line.quantity);

  if (cart.lines.length >= maxCartLines) return fail({ kind: "cart-full", limit: maxCartLines });
  assert(!cart.lines.some((other) => other.id === line.id), `a line id of its own, got ${line.id} again`);
  return withinAmounts({ ...cart, lines: [...cart.lines, line], currentLineId: line.id });
}

/** A serial number counts within its article only. */
function isSamePack(line: CartLine, added: CartLine): boolean {
  return line.sku === added.sku && line.pack?.serial === added.pack?.serial;
}

/** An open-price line has no sku to be equal by; two labels are two packs, and two weighings too. */
function canMerge(line: CartLine, added: CartLine): boolean {
  return (
    line.sku !== null &&
    line.sku === added.sku &&
    line.unit === added.unit &&
    line.unitPriceFen === added.unitPriceFen &&
    !isLabelLine(line) &&
    !isLabelLine(added) &&
    line.weighing === undefined &&
    added.weighing === undefined &&
    mayShareLine(line.pack, added.pack) &&
    line.discount === null &&
    added.discount === null &&
    line.override === undefined &&
    added.override === undefined &&
    line.isTypedPrice === added.isTypedPrice
  );
}

/** `quantity` is a plain number of thousandths: a sum of two quantities may be none any more. */
function setQuantity(cart: Cart, line: CartLine, quantity: number): CartResult {
  if (isQuantityFixed(line)) return fail({ kind: "label-quantity-fixed" });
  if (!isSellable(quantity, line.unit)) return fail({ kind: "quantity-out-of-range" });
  // What is typed anew is what the goods weigh by themselves; their bag weighs what it did.
  const weighing = line.weighing && { ...line.weighing, grossGrams: quantity + line.weighing.tareGrams };
  return withinAmounts(withLine(cart, { ...line, quantity: milli(quantity), ...(weighing && { weighing }) }));
}

function discountLine(cart: Cart, line: CartLine, discount: Discount | null): CartResult {
  const fault = faultOfLineDiscount(line, discount);
  return fault === null ? ok(withLine(cart, { ...line, discount })) : fail(fault);
}

function discountSale(cart: Cart, discount: Discount | null): CartResult {
  const { grossFen, lineDiscountFen, promotionFen } = priceCart(cart);
  const fault = faultOfDiscount(grossFen - lineDiscountFen - promotionFen, discount);
  return fault === null ? ok({ ...cart, discount }) : fail(fault);
}

function overridePrice(
  cart: Cart,
  line: CartLine,
  to: Extract<CartEvent, { kind: "price-overridden" }>["to"],
): CartResult {
  if (line.labelAmountFen !== null) return fail({ kind: "label-price-fixed" });
  const { override, ...plain } = line;
  const fromFen = override?.fromFen ?? line.unitPriceFen;
  if (to === null) return withinAmounts(withLine(cart, { ...plain, unitPriceFen: fromFen }));
  if (to.unitPriceFen < 0 || !isFen(to.unitPriceFen)) return fail({ kind: "amount-out-of-range" });
  const { unitPriceFen, reason, approvedBy } = to;
  return withinAmounts(withLine(cart, { ...plain, unitPriceFen, override: { fromFen, reason, approvedBy } }));
}

function addCoupon(cart: Cart, coupon: CartCoupon): CartResult {
  const coupons = cart.coupons ?? [];
  const isThere = coupons.some(({ code, promotionId }) => code === coupon.code || promotionId === coupon.promotionId);
  if (isThere) return fail({ kind: "coupon-already-in-cart" });
  if (coupons.length >= mostCoupons) return fail({ kind: "too-many-coupons" });
  return ok(withCoupons(cart, [...coupons, coupon]));
}

/** Whether the member has so many is the till's to know. */
function spendPoints(cart: Cart, count: number, fenPerPoint: number): CartResult {
  const { member } = cart;
  const worth = count * fenPerPoint;
  if (member === undefined || !Number.isSafeInteger(count) || count < 0 || !isFen(worth))
    return fail({ kind: "amount-out-of-range" });
  const { memberId } = member;
  return ok({ ...cart, member: count === 0 ? { memberId } : { memberId, points: { count, worthFen: fen(worth) } } });
}

function withCoupons(cart: Cart, coupons: readonly CartCoupon[]): Cart {
  const { coupons: _, ...rest } = cart;
  return coupons.length === 0 ? rest : { ...rest, coupons };
}

function faultOfLineDiscount(line: CartLine, discount: Discount | null): CartFault | null {
  return faultOfDiscount(rawGrossOf(line), discount);
}

/** Percentages up to the whole amount; amounts up to the one they come off, in fen. */
function faultOfDiscount(discountableFen: number, discount: Discount | null): CartFault | null {
  if (discount === null) return null;
  const size = discount.kind === "amount" ? discount.amountFen : discount.basisPoints;
  if (!Number.isInteger(size) || size <= 0) return { kind: "amount-out-of-range" };
  const limit = discount.kind === "amount" ? discountableFen : 10_000;
  return size > limit ? { kind: "discount-too-large" } : null;
}

/** Refuses a cart whose lines before discounts cost more than a till handles. */
function withinAmounts(cart: Cart): CartResult {
  const gross = cart.lines.reduce((sum, line) => sum + rawGrossOf(line), 0);
  return isFen(gross) ? ok(cart) : fail({ kind: "amount-out-of-range" });
}

function onLine(cart: Cart, lineId: string, change: (line: CartLine) => CartResult): CartResult {
  const line = cart.lines.find((candidate) => candidate.id === lineId);
  return line === undefined ? fail({ kind: "no-such-line", lineId }) : change(line);
}

function withLine(cart: Cart, changed: CartLine): Cart {
  const lines = cart.lines.map((line) => (line.id === changed.id ? changed : line));
  return { ...cart, lines, currentLineId: changed.id };
}

function withoutLine(cart: Cart, voided: CartLine): Cart {
  const lines = cart.lines.filter((line) => line.id !== voided.id);
  return { ...cart, lines, currentLineId: lines.at(-1)?.id ?? null };
}
