/** How Chinese VAT treats an item at retail; the rates stand in resources/demo-store/store.json. */
export type DemoTaxClass = "general" | "food" | "exempt";

/** One line of resources/demo-store/items.jsonl. Keys are written in this order. */
export type DemoItem = {
  /** Six digits; the category decides the first two, so a new item moves no other category's numbers. */
  readonly sku: string;
  readonly zh: string;
  readonly en: string;
  /** An id of resources/demo-store/categories.json. */
  readonly category: string;
  readonly unit: "piece" | "kg";
  /** Fen per piece, or fen per kilogram when `unit` is `kg`. */
  readonly priceFen: number;
  /** EAN-13 or EAN-8, the one on the shelf first; empty for weighed and tap-only items. */
  readonly barcodes: readonly string[];
  readonly taxClass: DemoTaxClass;
  /** Barcodes of cartons and multi-packs that hold `count` of this item. */
  readonly pack?: readonly { readonly barcode: string; readonly count: number }[];
  /** Five digits, as the label scale prints them into a price or weight label. Weighed items only. */
  readonly scaleCode?: string;
  /** On the cashier's favourites page, for things that are tapped and not scanned. */
  readonly favourite?: true;
};

export type DemoCategory = {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** Index into the till's ten category colours. */
  readonly colour: number;
  /** Position in the category grid, from 1. */
  readonly sort: number;
};
