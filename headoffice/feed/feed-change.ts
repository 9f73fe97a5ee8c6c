import type { FeedCategory, FeedItem, FeedPerson, FeedRow, FeedScope, FeedSetting } from "#contract/wire/feed.ts";

/** A row as it is to be from now on; `value` null takes it away. */
export type FeedChange =
  | { readonly kind: "item"; readonly id: string; readonly value: FeedItem | null }
  | { readonly kind: "category"; readonly id: string; readonly value: FeedCategory | null }
  | { readonly kind: "person"; readonly id: string; readonly value: FeedPerson | null }
  | { readonly kind: "setting"; readonly id: string; readonly value: FeedSetting | null };

const scopes: Readonly<Record<FeedRow["kind"], FeedScope>> = {
  ...{ item: "catalog", category: "catalog", person: "people", setting: "settings" },
};

export function scopeOf(kind: FeedRow["kind"]): FeedScope {
  return scopes[kind];
}

/** What a person can find the row by: lower case, one line, with the id and an item's barcodes. */
export function searchTextOf(change: FeedChange): string {
  if (change.value === null) return "";
  const words: string[] = [change.id];
  if (change.kind === "person") words.push(change.value.name);
  if (change.kind === "item" || change.kind === "category") words.push(change.value.nameZh, change.value.nameEn);
  if (change.kind === "item") words.push(...change.value.barcodes.map(({ barcode }) => barcode));
  return words.join(" ").toLowerCase();
}
