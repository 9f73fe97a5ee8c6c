import type { ReceiptDocument } from "./document.ts";
import { bold, centered, large, storeName } from "./elements.ts";
import type { StoreHeader } from "./labels.ts";

export interface BadgeSlipLabels {
  readonly title: string;
  readonly madeOn: string;
  /** What to do with it, and when it is lost. */
  readonly keep: string;
  readonly lost: string;
}

/** A badge to be cut out and worn: whose it is, and the code that signs them in. `date`: YYYY-MM-DD. */
export function badgeSlip(
  badge: { readonly name: string; readonly role: string; readonly code: string; readonly date: string },
  labels: BadgeSlipLabels,
  store: StoreHeader,
): ReceiptDocument {
  return {
    elements: [
      ...storeName(store),
      ...centered(labels.title, bold),
      { kind: "blank" },
      ...centered(badge.name, large),
      ...centered(badge.role),
      { kind: "blank" },
      { kind: "barcode", text: badge.code },
      { kind: "blank" },
      ...centered(`${labels.madeOn} ${badge.date}`),
      { kind: "rule" },
      ...centered(labels.keep),
      ...centered(labels.lost),
    ],
  };
}
