import { applyCartEvent } from "#core/cart/apply.ts";
import { type Cart, type CartEvent, type CartLine, emptyCart } from "#core/cart/cart.ts";
import { type Fen, fen, subtractFen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import type { CartTotals } from "#core/pricing/totals.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import { saleReceipt } from "#core/receipt/sale-receipt.ts";
import { assert } from "#core/result.ts";
import { compactLocalTime } from "#core/sale/business-date.ts";
import { completeSale } from "#core/sale/complete-sale.ts";
import type { Sale, Tender } from "#core/sale/sale.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import { outTradeNo } from "#core/tender/out-trade-no.ts";
import { newAttempt } from "#core/tender/step-attempt.ts";
import { seedRow, soldPlace } from "./goods.ts";
import {
  header,
  nowIn,
  onPaper,
  type OpenShift,
  type SeedShop,
  shopStore,
  shopTaxRates,
  shopTerminalId,
  texts,
} from "./shop.ts";

/** Lines of a basket, as often as each stands here: two and a half on the average. */
const lineCounts = [1, 1, 1, 2, 2, 2, 3, 3, 4, 6] as const;
/** Of a hundred. */
const shares = { member: 30, spends: 8, discount: 2, voided: 1, wechat: 60, staticCode: 1, refused: 1, native: 10 };
/** The gateway's answer, in its own time. Milliseconds. */
const wechatMs = 900;
/** Sales that goods are brought back of. */
const recentSales = 400;
const pointsPerYuan = 1;
/** Points spent at once, and how dear a basket must be. */
const spent = { points: 100, least: fen(500) };

/** One customer of an open shift, from the first scan to the printed receipt. */
export function sell(shop: SeedShop, open: OpenShift): void {
  const { till, chance, clock, points } = shop;
  const saleId = chance.id(clock.nowMs);
  const cart = basket(shop, open, saleId);
  const totals = priceCart(cart);
  if (totals.totalFen === 0) return;
  const { tender, settled } = pay(shop, saleId, totals.totalFen);
  const sale = till.commitSale(
    saleId,
    (saleNumber) => saleOf(shop, open, { cart, totals, tender, saleNumber }),
    settled,
    (done, journalHash) => receiptOf(shop, done, journalHash),
  );
  if (sale.member !== undefined) points.set(sale.member.memberId, sale.member.balance);
  shop.recent.push(sale);
  if (shop.recent.length > recentSales) shop.recent.shift();
}

function basket(shop: SeedShop, { cashier, shift }: OpenShift, saleId: string): Cart {
  const { chance, store, till } = shop;
  let cart = emptyCart(saleId);
  const apply = (event: CartEvent): void => {
    const applied = applyCartEvent(cart, event);
    // What a cart refuses, a customer leaves.
    if (applied.ok) cart = applied.value;
  };
  const lines = lineCounts[chance.below(lineCounts.length)] ?? 1;
  for (let index = 0; index < lines; index += 1) apply({ kind: "line-added", line: lineOf(shop, saleId, index) });
  const [first] = cart.lines;
  if (first !== undefined && cart.lines.length > 1 && chance.percent(shares.voided)) {
    apply({ kind: "line-voided", lineId: first.id });
    const body = { saleId, cashierId: cashier.id, line: first, at: nowIn(shop), businessDate: shift.businessDate };
    store.appendJournal({ kind: "line-voided", body });
    till.lookAgain();
  }
  if (chance.percent(shares.discount))
    apply({ kind: "sale-discounted", discount: { kind: "percent", basisPoints: 500 } });
  const memberId = shop.members[chance.below(shop.members.length)];
  if (memberId === undefined || !chance.percent(shares.member)) return cart;
  apply({ kind: "member-set", memberId });
  const canSpend = (shop.points.get(memberId) ?? 0) >= spent.points && priceCart(cart).totalFen >= spent.least;
  if (canSpend && chance.percent(shares.spends)) apply({ kind: "points-spent", count: spent.points, fenPerPoint: 1 });
  return cart;
}

function lineOf({ chance, itemCount }: SeedShop, saleId: string, index: number): CartLine {
  const { item, barcodes } = seedRow(soldPlace(chance, itemCount));
  const isWeighed = item.unit === "kg";
  const grams = 120 + chance.below(1_400);
  return {
    ...{ id: `${saleId.slice(-12)}-${index + 1}`, sku: item.sku, nameZh: item.nameZh, nameEn: item.nameEn },
    ...{ categoryId: item.categoryId, taxClass: item.taxClass, barcode: barcodes[0]?.barcode ?? null },
    ...{ source: isWeighed ? "search" : "scan", unit: item.unit, unitPriceFen: item.priceFen },
    quantity: isWeighed ? milli(grams) : pieces(chance.percent(80) ? 1 : 2 + chance.below(3)),
    ...{ labelAmountFen: null, discount: null },
    ...(isWeighed ? { weighing: { by: "scale", grossGrams: grams, tareGrams: 0 } } : {}),
  };
}

/** How a basket is paid: by phone most of the time, each payment on disk before it would leave, as the till does it. */
function pay(
  shop: SeedShop,
  saleId: string,
  amountFen: Fen,
): { readonly tender: Tender; readonly settled: Attempt | null } {
  const { till, chance, clock } = shop;
  const tenderId = chance.id(clock.nowMs);
  const turn = chance.next() * 100;
  if (turn < shares.wechat) {
    const begun = beginAttempt(shop, { saleId, tenderId, amountFen });
    clock.nowMs += wechatMs;
    const transactionId = `42000${begun.createdAtMs}${String(chance.below(1e9)).padStart(9, "0")}`;
    const paid = { transactionId, payerTotalFen: amountFen, successTime: nowIn({ clock }) };
    const { outTradeNo: number, kind: method } = begun;
    return {
      tender: {
        kind: "wechat",
        tenderId,
        amountFen,
        method,
        outTradeNo: number,
        transactionId,
        payerTotalFen: amountFen,
      },
      settled: { ...begun, state: "paid", paid },
    };
  }
  if (turn < shares.wechat + shares.refused) {
    const begun = beginAttempt(shop, { saleId, tenderId: chance.id(clock.nowMs), amountFen });
    till.settleAttempt({ ...begun, state: "failed", refused: { reason: "not-enough-money", code: "NOTENOUGH" } });
  }
  if (turn > 100 - shares.staticCode)
    return { tender: { kind: "static-code", tenderId, amountFen, approvedBy: null }, settled: null };
  // Whole notes of ten yuan, or of a hundred.
  const note = amountFen > 5_000 ? 10_000 : 1_000;
  const receivedFen = fen(amountFen + ((note - (amountFen % note)) % note));
  const changeFen = subtractFen(receivedFen, amountFen);
  return { tender: { kind: "cash", tenderId, amountFen, receivedFen, changeFen }, settled: null };
}

function beginAttempt(
  { till, chance, clock }: SeedShop,
  of: { readonly saleId: string; readonly tenderId: string; readonly amountFen: Fen },
): Attempt {
  const stamp = compactLocalTime(clock.nowMs, shopStore.utcOffsetMinutes);
  const counter = till.nextAttemptNumber().toString(36);
  const kind = chance.percent(shares.native) ? "native" : "codepay";
  const number = outTradeNo(shopStore.code, shopTerminalId, stamp, counter);
  const begun = newAttempt({ kind, outTradeNo: number, ...of, nowMs: clock.nowMs });
  till.createAttempt(begun);
  return { ...begun, state: "sent", sentAtMs: clock.nowMs, deadlineAtMs: clock.nowMs + 45_000 };
}

function saleOf(
  shop: SeedShop,
  { shift, cashier }: OpenShift,
  facts: {
    readonly cart: Cart;
    readonly totals: CartTotals;
    readonly tender: Tender;
    readonly saleNumber: string;
  },
): Sale {
  const { cart, totals, tender, saleNumber } = facts;
  const { member } = cart;
  const completed = completeSale({
    ...{ cart, totals, tenders: [tender], saleNumber, terminalId: shopTerminalId, shiftId: shift.shiftId, cashier },
    ...{ completedAt: nowIn(shop), businessDate: shift.businessDate, taxRates: shopTaxRates },
    ...(member === undefined ? {} : { points: { balance: shop.points.get(member.memberId) ?? 0, pointsPerYuan } }),
  });
  assert(completed.ok, "a basket that is paid for completes");
  return completed.value;
}

function receiptOf({ labels }: SeedShop, sale: Sale, journalHash: string): string {
  const memberLabel = sale.member === undefined ? undefined : labels.get(sale.member.memberId);
  const document = saleReceipt(sale, texts.sale, header, {
    ...{ copy: false, training: false, journalHash },
    qrText: `tillway:${sale.saleNumber}:${sale.totalFen}:${journalHash.slice(0, 16)}`,
    ...(memberLabel === undefined ? {} : { memberLabel }),
  });
  return onPaper(document);
}
