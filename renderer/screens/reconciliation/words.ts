import type { FindingView } from "#contract/ipc/reconciliation-view.ts";
import type { Fen } from "#core/money/fen.ts";
import { formatMoney } from "../../i18n/formats.ts";
import type { ReconciliationKey } from "./reconciliation-texts.ts";

/** The sentence for what was found and what may be done: one for every pair the rules make. */
export function meaningKey({ kind, action }: Pick<FindingView, "kind" | "action">): ReconciliationKey {
  return `means.${kind}.${action}` as ReconciliationKey; // the pairs of core's rules all have their text: words.test.ts
}

/** "¥1,234.50": a merchant's day may be larger than any one amount, which the same digits say. */
export function formatSum(sumFen: number): string {
  return formatMoney(sumFen as Fen); // whole fen; written out digit by digit, whatever their size
}

/** "2026-03-01 09:15" of a bill's own time. */
export function clockInBill(time: string): string {
  return time.slice(11, 16);
}
