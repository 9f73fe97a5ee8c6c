import type { LabelsView, ShelfLabelView } from "#contract/ipc/label-intents.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { mostLabels, mostLabelsDueTold } from "#core/label/limits.ts";
import { shelfLabel } from "#core/label/shelf-label.ts";
import type { TillContext } from "#main/till/context.ts";
import type { CatalogDesk } from "#main/till/ports/catalog-desk.ts";
import { momentOf } from "#main/till/pricing/in-force.ts";

type From = IntentArgs<"labels">["from"];

/** What a text finds; a narrower one finds the rest. */
const mostFound = 100;
const msPerMinute = 60_000;

/** The labels of what was asked for, with what the goods cost at this moment. */
export function labelsFor(till: TillContext, desk: CatalogDesk, from: From): LabelsView {
  const { config } = till.deps;
  const skus = skusOf(till, desk, from);
  return {
    labels: labelsOf(till, desk, skus.slice(0, mostLabels)),
    hasMore: skus.length > mostLabels,
    dueCount: desk.labels.dueCount(mostLabelsDueTold),
    paperLocale: config.locale,
    stripColumns: config.devices.printer?.columns ?? null,
  };
}

/** One more than is shown, so that it is known whether there are more. */
function skusOf(till: TillContext, desk: CatalogDesk, from: From): readonly string[] {
  const skuOf = ({ sku }: { readonly sku: string }): string => sku;
  switch (from.by) {
    case "due":
      return desk.labels.due(mostLabels + 1).map(skuOf);
    case "changed":
      return desk.labels.changedSince(beginOf(till, from.since), mostLabels + 1).map(skuOf);
    case "category":
      return desk.browser.page(from.categoryId, null, mostLabels + 1).map(skuOf);
    case "text":
      return till.deps.catalog.search(from.text, mostFound).map(skuOf);
  }
}

/** Labels of these items; those that are gone meanwhile are left out. */
export function labelsOf(till: TillContext, desk: CatalogDesk, skus: readonly string[]): readonly ShelfLabelView[] {
  const { catalog } = till.deps;
  const promotions = catalog.promotions.list();
  const moment = momentOf(till);
  return skus.flatMap((sku) => {
    // The price of this moment, which may have begun after the item was written.
    const item = catalog.findBySku(sku);
    if (item === null) return [];
    const codes = desk.browser.record(sku)?.codes ?? [];
    return [{ ...shelfLabel(item, codes, promotions, moment), changedAtMs: desk.labels.changedAtMs(sku) }];
  });
}

/** Midnight of the shop's day. Milliseconds since 1970. */
function beginOf(till: TillContext, isoDate: string): number {
  return Date.parse(`${isoDate}T00:00:00Z`) - till.deps.config.store.utcOffsetMinutes * msPerMinute;
}
