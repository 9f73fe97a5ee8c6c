import type { LineSource } from "#core/cart/cart.ts";
import type { Item } from "#core/catalog/item.ts";
import type { Pack } from "#core/pack/pack.ts";
import type { TillContext } from "#main/till/context.ts";
import type { Weight } from "#main/till/ports/devices.ts";

/** An item that waits for its weight. Not on disk: nothing of it is in the sale yet. */
export interface Weighing {
  readonly item: Item;
  readonly barcode: string | null;
  readonly source: LineSource;
  /** Lot and dates its label told. */
  readonly pack?: Pack;
  readonly tareGrams: number;
}

/** What is known of the scale's tray. */
export interface Tray {
  readonly last: Weight | null;
  readonly before: Weight | null;
  /** What the last item was weighed with, until the tray was seen to change. */
  readonly takenGrams: number | null;
}

export const unseenTray: Tray = { last: null, before: null, takenGrams: null };

/** Gives the weighing up, wherever it comes from: nothing of it was in the sale. */
export function endWeighing(till: TillContext): void {
  if (till.state.weighing === null) return;
  till.state.weighing = null;
  till.deps.devices.wantWeight(false);
  till.changed("weighing");
}
