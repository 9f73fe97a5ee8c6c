import type { CatalogDeskView, CatalogItemView } from "#contract/ipc/catalog-intents.ts";
import type { TillContext } from "#main/till/context.ts";
import type { CatalogDesk, ItemRecord } from "#main/till/ports/catalog-desk.ts";

/** Once a head office is configured its goods come here, and what is written here would be gone with its next word. */
export function isFed({ deps }: TillContext): boolean {
  return (deps.sync ?? null) !== null;
}

export function deskView(till: TillContext, { browser }: CatalogDesk): CatalogDeskView {
  return {
    isFed: isFed(till),
    itemCount: till.deps.catalog.itemCount(),
    categories: browser.categories().map((category) => ({ ...category, itemCount: browser.itemsIn(category.id) })),
  };
}

export function itemView(record: ItemRecord): CatalogItemView;
export function itemView(record: ItemRecord | null): CatalogItemView | null;
export function itemView(record: ItemRecord | null): CatalogItemView | null {
  if (record === null) return null;
  return { ...record.item, codes: record.codes, ...(record.image === undefined ? {} : { image: record.image }) };
}
