import { type ImportResult, mostFaultsShown, mostRowsShown } from "#contract/worker/catalog-messages.ts";
import type { JudgedRow } from "#core/catalog/import/judge-rows.ts";
import type { ImportRow, RowFault } from "#core/catalog/import/read-row.ts";
import type { CatalogBrowser, ItemRecord } from "#main/till/ports/catalog-desk.ts";
import { isSameItem, itemOfRow } from "./item-of-row.ts";
import type { ListCategories } from "./list-categories.ts";

export type Survey = Pick<
  ImportResult,
  "added" | "changed" | "pricesChanged" | "unchanged" | "newCategories" | "shown" | "faults"
>;

/**
 * What the good rows of a list do to the catalogue, counted as they come, the first of them shown; and the first faults of
 * the others.
 * @param lateFaultsOf what stands against a row that looks right by itself, by its number
 */
export function listSurvey(
  browser: CatalogBrowser,
  sorted: ListCategories,
  lateFaultsOf: (row: number) => readonly RowFault[],
): { see(judged: JudgedRow): void; end(): Survey } {
  const counts = { new: 0, changed: 0, unchanged: 0, prices: 0 };
  const shown: ImportResult["shown"] = [];
  const faults: RowFault[] = [];
  return {
    see(judged) {
      const told = judged.kind === "bad" ? judged.faults : lateFaultsOf(judged.row.row);
      if (faults.length < mostFaultsShown) faults.push(...told.slice(0, mostFaultsShown - faults.length));
      if (judged.kind === "bad" || told.length > 0) return;
      const { row } = judged;
      const before = browser.record(row.sku);
      const after = itemOfRow(row, before, sorted.idOf(row.category, before?.item.categoryId ?? null));
      const state = before === null ? "new" : isSameItem(before, after) ? "unchanged" : "changed";
      counts[state] += 1;
      const beforeFen = before?.item.priceFen ?? null;
      if (beforeFen !== null && beforeFen !== row.priceFen) counts.prices += 1;
      if (shown.length < mostRowsShown && state !== "unchanged")
        shown.push({ ...shownOf(row, after), beforeFen, state });
    },
    end: () => ({
      ...{ added: counts.new, changed: counts.changed, unchanged: counts.unchanged, pricesChanged: counts.prices },
      ...{ newCategories: [...sorted.made()], shown, faults },
    }),
  };
}

function shownOf({ row, category }: ImportRow, { item }: ItemRecord) {
  return { row, category, sku: item.sku, nameZh: item.nameZh, unit: item.unit, priceFen: item.priceFen };
}
