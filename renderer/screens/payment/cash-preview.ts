import { changeFor } from "#core/money/change.ts";
import type { Fen } from "#core/money/fen.ts";
import { parseYuan } from "#core/money/yuan.ts";
import { maxCashFen } from "#core/tender/tendering.ts";

export type CashPreview =
  | { readonly kind: "nothing" }
  /** Covers what is left. */
  | { readonly kind: "change"; readonly receivedFen: Fen; readonly changeFen: Fen }
  /** Covers a part; the rest must be paid otherwise. */
  | { readonly kind: "part"; readonly receivedFen: Fen; readonly missingFen: Fen }
  | { readonly kind: "too-much" };

/** What the cash typed so far would mean. A preview only: main decides when it is taken. */
export function cashPreview(text: string, leftFen: Fen): CashPreview {
  const received = parseYuan(text);
  if (!received.ok || received.value <= 0) return { kind: "nothing" };
  if (received.value > maxCashFen) return { kind: "too-much" };
  const receivedFen = received.value;
  const change = changeFor(leftFen, receivedFen);
  return change.ok
    ? { kind: "change", receivedFen, changeFen: change.value }
    : { kind: "part", receivedFen, missingFen: change.fault.missingFen };
}
