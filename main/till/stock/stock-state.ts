import type { StockHeardView } from "#contract/ipc/stock-intents.ts";
import type { CartEvent } from "#core/cart/cart.ts";
import type { JournalDraft } from "#main/till/ports/sales-store.ts";

/** Goods that wait for a manager's word, with what puts them into the sale. */
export interface ShortStop {
  readonly stopId: string;
  readonly saleId: string;
  readonly sku: string;
  readonly levelMilli: number;
  readonly wantedMilli: number;
  readonly event: CartEvent;
  /** What the journal was to keep of the event itself. */
  readonly entry: JournalDraft | undefined;
}

/** What the till remembers about stock until it is closed. */
export interface StockState {
  /** Where scans go instead of the cart, and until when. */
  listening: { readonly to: "receipt" | "take"; readonly id: string; readonly untilMs: number } | null;
  heard: StockHeardView;
  /** At most as many as notices. */
  stops: readonly ShortStop[];
  /** What a manager has said may be sold beyond its level in this sale. */
  allowed: { readonly saleId: string; readonly skus: ReadonlySet<string> };
}

export function noStock(): StockState {
  return {
    listening: null,
    heard: { turn: 0, changes: 0, last: null },
    stops: [],
    allowed: { saleId: "", skus: new Set() },
  };
}

/** Something of a receipt or a take is another now: the page that shows it reads it again. */
export function stockChanged(stock: StockState): void {
  stock.heard = { ...stock.heard, changes: stock.heard.changes + 1 };
}
