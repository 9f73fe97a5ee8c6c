import type { Fen } from "#core/money/fen.ts";
import type { CashMoveKind } from "#core/shift/cash-move.ts";
import type { Role } from "./role.ts";

/** What somebody at the till wants to do, with the facts the answer depends on. */
export type Action =
  /** Adding and voiding lines, quantities, 抹零, holding and recalling, taking payment. */
  | { readonly kind: "sell" }
  /** Giving up a whole sale; lines already entered make it the oldest way to steal. */
  | { readonly kind: "void-sale"; readonly lineCount: number }
  /** `discountFen` off a line's `ofFen`. */
  | { readonly kind: "discount-line"; readonly discountFen: Fen; readonly ofFen: Fen }
  /** `discountFen` off the whole sale's `ofFen`, after line discounts. */
  | { readonly kind: "discount-sale"; readonly discountFen: Fen; readonly ofFen: Fen }
  | { readonly kind: "open-shift" }
  | { readonly kind: "close-shift"; readonly isOwn: boolean }
  | { readonly kind: "see-shift-totals"; readonly isOwn: boolean }
  | { readonly kind: "reprint-receipt" }
  /** The drawer, without a sale. */
  | { readonly kind: "open-drawer" }
  /** Money on the shop's printed code, by the cashier's word; while the gateway is away there is no better one. */
  | { readonly kind: "take-static-code"; readonly isGatewayAway: boolean }
  /** What became of such money: it signs money off. */
  | { readonly kind: "settle-static-code" }
  /** Giving money back, however little. */
  | { readonly kind: "refund-sale" }
  /** A pack past its date: the shop answers for it, not the cashier. */
  | { readonly kind: "sell-expired" }
  /** Cash into the drawer, out of it, into the safe. */
  | { readonly kind: "move-cash"; readonly move: CashMoveKind }
  /** Where the count is blind, an X would say what to count to. */
  | { readonly kind: "read-x-report"; readonly isOwn: boolean; readonly isBlind: boolean }
  /** A count beyond the shop's limit: it signs money off. */
  | { readonly kind: "accept-variance" }
  | { readonly kind: "correct-shift" }
  | { readonly kind: "see-reports" }
  | { readonly kind: "export-sales" }
  | { readonly kind: "resolve-attempt" }
  | { readonly kind: "manage-catalog" }
  | { readonly kind: "manage-cashiers" }
  | { readonly kind: "change-settings" };

/** `needs-approval`: a manager's PIN for this one action; `no`: not even with one, sign in as a manager. */
export type Permission = "yes" | "needs-approval" | "no";

/** Most a cashier takes off alone, in basis points (1/100 percent): 20 % of a line, 10 % of a sale. */
export const cashierLineDiscountBasisPoints = 2_000;
export const cashierSaleDiscountBasisPoints = 1_000;

/** Whether `role` may do `action`. Asked in main for every intent; the screens ask it only to draw. */
export function may(role: Role, action: Action): Permission {
  return role === "manager" ? "yes" : mayCashier(action);
}

function mayCashier(action: Action): Permission {
  switch (action.kind) {
    case "sell":
    case "open-shift":
    case "reprint-receipt":
      return "yes";
    case "void-sale":
      return action.lineCount === 0 ? "yes" : "needs-approval";
    case "discount-line":
      return isWithin(action, cashierLineDiscountBasisPoints) ? "yes" : "needs-approval";
    case "discount-sale":
      return isWithin(action, cashierSaleDiscountBasisPoints) ? "yes" : "needs-approval";
    case "close-shift":
      return action.isOwn ? "yes" : "needs-approval";
    case "take-static-code":
      return action.isGatewayAway ? "yes" : "needs-approval";
    case "move-cash":
      return action.move === "pay-in" ? "yes" : "needs-approval";
    case "read-x-report":
      return action.isOwn && !action.isBlind ? "yes" : "needs-approval";
    case "open-drawer":
    case "accept-variance":
    case "refund-sale":
    case "settle-static-code":
    case "sell-expired":
      return "needs-approval";
    case "see-shift-totals":
      return action.isOwn ? "yes" : "no";
    case "correct-shift":
    case "see-reports":
    case "export-sales":
    case "resolve-attempt":
    case "manage-catalog":
    case "manage-cashiers":
    case "change-settings":
      return "no";
  }
}

/** Compared as products, so that no share is rounded: both sides stay below 10^13. */
function isWithin(granted: { readonly discountFen: Fen; readonly ofFen: Fen }, limitBasisPoints: number): boolean {
  return granted.discountFen * 10_000 <= granted.ofFen * limitBasisPoints;
}
