import type { ShelfLabelView } from "#contract/ipc/label-intents.ts";
import type { TillContext } from "#main/till/context.ts";
import { findByAnySpelling } from "#main/till/finding-items.ts";
import type { CatalogDesk } from "#main/till/ports/catalog-desk.ts";
import type { Scan } from "#main/till/ports/devices.ts";
import { labelsOf } from "./choosing-labels.ts";

/** The page asks every second. One that is gone or hidden must not keep goods from the cart for longer. */
const listenMs = 3_000;
/** Between two askings nobody scans more. */
const mostWaiting = 100;

/** Codes that are collected for labels. */
export interface LabelScans {
  readonly listenUntilMs: number;
  readonly skus: readonly string[];
}

export const noLabelScans: LabelScans = { listenUntilMs: 0, skus: [] };

/** True for a known item's code while labels are collected: it goes onto the list and into no sale. */
export function isForLabels({ state, deps }: TillContext, scan: Scan): boolean {
  const { listenUntilMs, skus } = state.labelScans;
  if (deps.clock.now() >= listenUntilMs || skus.length >= mostWaiting) return false;
  const match = findByAnySpelling(deps.catalog, scan.text.trim());
  if (match === null) return false;
  state.labelScans = { listenUntilMs, skus: [...skus, match.item.sku] };
  return true;
}

/** The labels of what was scanned since it was last asked; listens on. A page that is opened anew begins without the rest. */
export function takeScanned(till: TillContext, desk: CatalogDesk): readonly ShelfLabelView[] {
  const { state, deps } = till;
  const nowMs = deps.clock.now();
  const { listenUntilMs, skus } = state.labelScans;
  state.labelScans = { listenUntilMs: nowMs + listenMs, skus: [] };
  return nowMs < listenUntilMs ? labelsOf(till, desk, skus) : [];
}
