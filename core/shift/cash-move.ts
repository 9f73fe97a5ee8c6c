import type { Fen } from "#core/money/fen.ts";

/** 补款 into the drawer, 支出 out of it, 缴存 out of it into the safe. */
export type CashMoveKind = "pay-in" | "pay-out" | "safe-drop";

/** Cash that came into the drawer or left it without a sale or a refund. Never changed: a wrong one has its opposite. */
export interface CashMove {
  /** Made when the dialog opens and kept for every press of its key: a second press moves nothing twice. */
  readonly moveId: string;
  readonly shiftId: string;
  readonly kind: CashMoveKind;
  /** More than zero; the kind says which way. */
  readonly amountFen: Fen;
  readonly reason: string;
  /** RFC 3339 with the shop's offset. */
  readonly at: string;
  readonly cashierId: string;
  readonly cashierName: string;
  /** Id of the manager whose word it needed; null where it needed none. */
  readonly approvedBy: string | null;
}
