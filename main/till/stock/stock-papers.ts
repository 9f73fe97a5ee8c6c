import type { DifferencesView, TakeRowView } from "#contract/ipc/stock-intents.ts";
import type { PrintLine } from "#core/receipt/document.ts";
import { layOut } from "#core/receipt/layout.ts";
import { differencesSlip, goodsSlip, lowStockSlip, type StockPaperFacts } from "#core/receipt/stock-slips.ts";
import { localIso } from "#core/sale/business-date.ts";
import type { GoodsReceipt } from "#core/stock/goods-receipt.ts";
import type { StockRowView } from "#contract/ipc/stock-intents.ts";
import type { TillContext } from "#main/till/context.ts";
import { receiptTexts } from "#main/till/receipt/receipt-texts.ts";
import { columnsOf, nameOf, storeHeader } from "#main/till/receipt/lay-out-receipt.ts";

/** What lies with the delivery note. */
export function layOutGoodsSlip(till: TillContext, receipt: GoodsReceipt, isCopy: boolean): readonly PrintLine[] {
  const options = { copy: isCopy, approvedByName: nameOf(till, receipt.approvedBy) };
  return layOut(goodsSlip(receipt, receiptTexts(till.deps.config.locale).stock, facts(till), options), columnsOf(till));
}

/** What somebody walks through the shop with before a take is booked, and what is kept of it after. */
export function layOutDifferences(
  till: TillContext,
  take: TakeRowView,
  differences: DifferencesView,
): readonly PrintLine[] {
  const category = till.deps.catalog.categories().find(({ id }) => id === take.categoryId) ?? null;
  const texts = receiptTexts(till.deps.config.locale).stock;
  return layOut(differencesSlip({ ...take, category }, differences, texts, facts(till)), columnsOf(till));
}

export function layOutLowStock(till: TillContext, rows: readonly StockRowView[]): readonly PrintLine[] {
  return layOut(lowStockSlip(rows, receiptTexts(till.deps.config.locale).stock, facts(till)), columnsOf(till));
}

function facts(till: TillContext): StockPaperFacts {
  const { config, clock, isTraining } = till.deps;
  return {
    store: storeHeader(till),
    terminalId: config.terminalId,
    printedAt: localIso(clock.now(), config.store.utcOffsetMinutes),
    training: isTraining === true,
    names: config.locale === "en" ? "en" : "zh",
  };
}
