import type { TradeItem } from "#core/barcode/gs1/trade-item.ts";
import type { ItemMatch } from "#core/catalog/item.ts";
import type { Milli } from "#core/quantity/quantity.ts";

/** A pack as it was scanned, and the item it is of. */
export interface FoundPack {
  readonly match: ItemMatch;
  readonly tradeItem: TradeItem;
  /** How many were typed before the scan; null is one. */
  readonly multiplier: Milli | null;
}

/** A pack that waits for a manager's word beside the till. */
export interface StoppedPack extends FoundPack {
  readonly stopId: string;
  readonly saleId: string;
}
