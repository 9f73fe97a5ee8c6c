import type { HeldView, LastSaleView, LineView, SaleView } from "#contract/ipc/till-view.ts";
import { isQuantityFixed } from "#core/cart/apply.ts";
import { fen, subtractFen, zeroFen } from "#core/money/fen.ts";
import { packStateOn } from "#core/pack/pack.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import type { TillContext } from "#main/till/context.ts";
import { exchangeView } from "#main/till/returns/exchange-view.ts";
import { paidOf, totalOf } from "#main/till/drafts.ts";
import type { Taking } from "#main/till/ports/held-store.ts";
import { linePricing, salePricing } from "#main/till/view/pricing-view.ts";
import { today } from "#main/till/today.ts";

/** Sales a cashier looks back at without opening the manager's page. */
const lastSalesShown = 3;

export function saleView(till: TillContext): SaleView {
  const { cart } = till.state.draft;
  const totals = priceCart(cart);
  const day = today(till);
  const lines = cart.lines.map((line, index): LineView => {
    const money = totals.lines[index];
    const grossFen = money?.grossFen ?? zeroFen;
    const discountFen = money?.discountFen ?? zeroFen;
    const pricing = linePricing(cart, line);
    return {
      lineId: line.id,
      number: index + 1,
      nameZh: line.nameZh,
      nameEn: line.nameEn,
      unit: line.unit,
      unitPriceFen: line.unitPriceFen,
      quantity: line.quantity,
      source: line.source,
      isQuantityFixed: isQuantityFixed(line),
      weighing: line.weighing ?? null,
      discount: line.discount,
      ...(line.pack === undefined ? {} : { pack: { ...line.pack, state: packStateOn(line.pack, day) } }),
      grossFen,
      discountFen,
      amountFen: subtractFen(subtractFen(grossFen, discountFen), pricing.savedFen),
      ...pricing.shown,
    };
  });
  return {
    saleId: cart.saleId,
    lines,
    currentLineId: cart.currentLineId,
    scanCount: till.state.scanCount,
    multiplier: till.state.multiplier,
    pieceCount: totals.pieceCount,
    grossFen: totals.grossFen,
    lineDiscountFen: totals.lineDiscountFen,
    ...salePricing(till, cart, totals),
    saleDiscount: cart.discount,
    saleDiscountFen: totals.saleDiscountFen,
    rounding: cart.rounding,
    roundingFen: totals.roundingFen,
    totalFen: totals.totalFen,
    ...exchangeView(till.state.draft),
  };
}

export function heldView(till: TillContext): readonly HeldView[] {
  const { deps } = till;
  const people = new Map(deps.store.listPinRecords().map((record) => [record.cashier.id, record.cashier.name]));
  const giving = new Set(deps.store.givings().map(({ saleId }) => saleId));
  const held = deps.store.heldDrafts().map((draft): HeldView => ({
    saleId: draft.cart.saleId,
    label: draft.label,
    heldAtMs: draft.updatedAtMs,
    cashierName: people.get(draft.cashierId) ?? draft.cashierId,
    lineCount: draft.cart.lines.length,
    totalFen: totalOf(draft),
    paidFen: paidOf(draft),
    hasOpenAttempt: (deps.attempts?.current(draft.cart.saleId) ?? null) !== null,
    move: giving.has(draft.cart.saleId) ? "giving" : null,
  }));
  return [...held, ...deps.store.takings().map(takingView)];
}

/** Asked for, and nobody has said yet whose it is: as the list had it. */
function takingView({ saleId, label, heldAtMs, fromTerminal, lineCount, totalFen, ...who }: Taking): HeldView {
  const cashierName = `${fromTerminal} · ${who.cashierName}`;
  const nothingPaid = { paidFen: zeroFen, hasOpenAttempt: false } as const;
  return { saleId, label, heldAtMs, cashierName, lineCount, totalFen: fen(totalFen), ...nothingPaid, move: "taking" };
}

export function lastSalesView(till: TillContext): readonly LastSaleView[] {
  return till.deps.store.lastSales(lastSalesShown).map(({ saleId, saleNumber, completedAt, totalFen }) => ({
    saleId,
    saleNumber,
    completedAt,
    totalFen,
    changeFen: till.deps.store.sale(saleId)?.sale.changeFen ?? zeroFen,
  }));
}
