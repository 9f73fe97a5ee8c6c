import { ok } from "#core/result.ts";
import { levelText } from "#core/stock/stock-level.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, type Outcome, refuse } from "#main/till/outcome.ts";
import { receiptTexts } from "#main/till/receipt/receipt-texts.ts";
import { printSlip } from "#main/till/shift/slips.ts";
import type { StockRowView } from "#contract/ipc/stock-intents.ts";
import { mostLow } from "./levels.ts";
import { layOutLowStock } from "./stock-papers.ts";
import { maySee } from "./stock-rights.ts";
import { namedItem, stockRow } from "./stock-views.ts";

/** Items on paper: an order that somebody still telephones. */
const mostPrinted = 200;

export function printLowStock(till: TillContext): Outcome {
  const seen = maySee(till);
  if (!seen.ok) return seen;
  if (till.deps.config.devices.printer === undefined) return refuse("no-printer");
  printSlip(till, "stock", layOutLowStock(till, lowRows(till).slice(0, mostPrinted)));
  return done;
}

/** Asks where to; every low item is a row, with how much is missing to its reorder point. */
export async function exportLowStock(till: TillContext): Promise<Outcome<{ readonly rowCount: number } | null>> {
  const seen = maySee(till);
  if (!seen.ok) return seen;
  const { askWhereToSave, saveTable } = till.deps;
  if (saveTable === undefined) return refuse("cannot-save-file");
  const target = await askWhereToSave("low-stock.csv");
  if (target === null) return ok(null);
  const { sku, nameZh, nameEn, unit, level, reorder, missing } = receiptTexts(till.state.locale).stockList;
  const rows = lowRows(till);
  const cells = rows.map((row) => {
    const levelMilli = row.levelMilli ?? 0;
    const reorderMilli = row.reorderMilli ?? 0;
    const figures = [levelMilli, reorderMilli, reorderMilli - levelMilli];
    return [row.sku, row.nameZh, row.nameEn, row.unit, ...figures.map((figure) => levelText(figure, row.unit))];
  });
  const isSaved = await saveTable(target, [[sku, nameZh, nameEn, unit, level, reorder, missing], ...cells]);
  return isSaved ? ok({ rowCount: rows.length }) : refuse("cannot-save-file");
}

function lowRows(till: TillContext): readonly StockRowView[] {
  return till.deps.store.lowStock(mostLow).map((level) => stockRow(namedItem(till, level.sku), level));
}
