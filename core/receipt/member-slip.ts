import type { ReceiptDocument } from "./document.ts";
import { bold, centered, storeName } from "./elements.ts";
import type { StoreHeader } from "./labels.ts";

export interface MemberSlipLabels {
  readonly title: string;
  /** What it is for, and when it is lost. */
  readonly use: string;
  readonly lost: string;
}

/** A member's card to be cut out: the code that says whose sale it is. No name and no number stand on it. */
export function memberSlip(code: string, labels: MemberSlipLabels, store: StoreHeader): ReceiptDocument {
  return {
    elements: [
      ...storeName(store),
      ...centered(labels.title, bold),
      { kind: "blank" },
      { kind: "barcode", text: code },
      { kind: "blank" },
      ...centered(labels.use),
      { kind: "rule" },
      ...centered(labels.lost),
    ],
  };
}
