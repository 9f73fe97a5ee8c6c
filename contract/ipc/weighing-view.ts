import type { TrayState } from "#core/weighing/judge-tray.ts";
import type { Fen } from "#core/money/fen.ts";

/** An item sold by weight on its way into the sale. */
export interface WeighingView {
  readonly nameZh: string;
  readonly nameEn: string;
  /** Per kilogram. */
  readonly unitPriceFen: Fen;
  /** What lies on the tray; `none`: the shop has no scale, `away`: it has one and it is not connected. */
  readonly tray: TrayState["kind"] | "none" | "away";
  /** What the scale's own display shows; null while it says no weight. */
  readonly grams: number | null;
  readonly tareGrams: number;
  /** What would be sold, and for how much: only of a weight that may be taken. */
  readonly netGrams: number | null;
  readonly amountFen: Fen | null;
  readonly minGrams: number;
  readonly maxGrams: number;
}
