import type { CatalogItemView } from "#contract/ipc/catalog-intents.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { hasValidCheckDigit } from "#core/barcode/check-digit.ts";
import { normalizeBarcode } from "#core/barcode/ean.ts";
import { areLimitsOpen, limitsOf } from "#core/catalog/open-price.ts";
import { fen } from "#core/money/fen.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { itemView } from "#main/till/catalogue/catalog-view.ts";
import { factsOf, journalNotes } from "#main/till/catalogue/noting-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, type Outcome, refuse } from "#main/till/outcome.ts";
import type { CatalogBrowser, CatalogChange, CatalogDesk, ItemRecord } from "#main/till/ports/catalog-desk.ts";

/** Writes an item as a manager wrote it; what it was and what it is, prices included, is journaled in their name. */
export async function saveItem(
  till: TillContext,
  desk: CatalogDesk,
  cashierId: string,
  { isNew, item }: IntentArgs<"save-item">,
): Promise<Outcome<CatalogItemView>> {
  const { codes: given, openPrice, ...plain } = item;
  const codes = given.map(({ barcode, count }) => ({ barcode: normalizeBarcode(barcode), count }));
  const limits = openPrice === undefined ? {} : { openPrice: limitsOf(openPrice) };
  const after: ItemRecord = { item: { ...plain, priceFen: fen(plain.priceFen), ...limits }, codes };
  const changed = await desk.change((): Result<CatalogChange, IntentFault> => {
    const before = desk.browser.record(item.sku);
    if (isNew && before !== null) return refuse("sku-taken");
    if (!isNew && before === null) return refuse("no-such-item");
    const fault = faultOf(after, desk.browser);
    if (fault !== null) return fail(fault);
    const body = { sku: item.sku, cashierId, before: factsOf(before), after: factsOf(after) };
    return ok({ items: [after], notes: [{ kind: "item-changed", body }] });
  });
  if (!changed.ok) return changed.fault === "busy" ? refuse("catalog-busy") : fail(changed.fault);
  journalNotes(till);
  // Its image is not the draft's to say.
  return ok(itemView(desk.browser.record(item.sku) ?? after));
}

/** Takes an item out. Sales of it stay as they were sold. */
export async function removeItem(
  till: TillContext,
  desk: CatalogDesk,
  cashierId: string,
  sku: string,
): Promise<Outcome> {
  const changed = await desk.change((): Result<CatalogChange, IntentFault> => {
    const before = desk.browser.record(sku);
    if (before === null) return refuse("no-such-item");
    const body = { sku, cashierId, before: factsOf(before), after: null };
    return ok({ removed: [sku], notes: [{ kind: "item-changed", body }] });
  });
  if (!changed.ok) return changed.fault === "busy" ? refuse("catalog-busy") : fail(changed.fault);
  journalNotes(till);
  return done;
}

/** Codes that cannot be scanned or are somebody else's, a category that is gone, an open price that nobody could type. */
function faultOf({ item, codes }: ItemRecord, browser: CatalogBrowser): IntentFault | null {
  if (item.openPrice !== undefined && item.unit === "kg") return { kind: "open-price-by-weight" };
  if (item.openPrice !== undefined && !areLimitsOpen(item.openPrice)) return { kind: "price-limits-crossed" };
  if (!browser.categories().some(({ id }) => id === item.categoryId)) return { kind: "category-gone" };
  if (new Set(codes.map(({ barcode }) => barcode)).size < codes.length) return { kind: "item-code-twice" };
  for (const { barcode } of codes) {
    if (!/^[\u0021-\u007E]+$/.test(barcode)) return { kind: "item-code-not-a-barcode" };
    const isGtin = /^(?:\d{8}|\d{12,14})$/.test(barcode);
    if (isGtin && !hasValidCheckDigit(barcode)) return { kind: "item-code-wrong-check-digit" };
    const owner = browser.skuOfBarcode(barcode);
    if (owner !== null && owner !== item.sku) return { kind: "item-code-taken", code: barcode, sku: owner };
  }
  const owner = item.scaleCode === null ? null : browser.skuOfScaleCode(item.scaleCode);
  if (owner === null || owner === item.sku) return null;
  return { kind: "item-code-taken", code: item.scaleCode ?? "", sku: owner };
}
