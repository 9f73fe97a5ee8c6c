import { subtractFen, type Fen } from "#core/money/fen.ts";
import type { Role } from "./role.ts";

/** What somebody at the till wants to do, with the facts the answer depends on. */
export type Action =
  /** Adding and voiding lines, quantities, 抹零, holding and recalling, taking payment. */
  | { readonly kind: "sell" }
  /** Giving up a whole sale; lines already entered make it the oldest way to steal. */
  | { readonly kind: "void-sale"; readonly lineCount: number }
  /** `discountFen` off a line's `ofFen`. */
  | {
      readonly kind: "discount-line";
      readonly discountFen: Fen;
      readonly ofFen: Fen;
      /** A person has set its price already: a second reduction. */
      readonly isOverridden?: boolean;
    }
  /** `discountFen` off the whole sale's `ofFen`, after line discounts. */
  | { readonly kind: "discount-sale"; readonly discountFen: Fen; readonly ofFen: Fen }
  /** 改价: another price for a line; `isDiscounted` where something comes off it already. */
  | { readonly kind: "override-price"; readonly fromFen: Fen; readonly toFen: Fen; readonly isDiscounted: boolean }
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
      return isWithin(action, cashierLineDiscountBasisPoints) && action.isOverridden !== true
        ? "yes"
        : "needs-approval";
    case "discount-sale":
      return isWithin(action, cashierSaleDiscountBasisPoints) ? "yes" : "needs-approval";
    case "override-price":
      return isSmallOverride(action) ? "yes" : "needs-approval";
    case "close-shift":
      return action.isOwn ? "yes" : "needs-approval";
    case "take-static-code":
      return action.isGatewayAway ? "yes" : "needs-approval";
    case "open-drawer":
    case "refund-sale":
    case "settle-static-code":
    case "sell-expired":
      return "needs-approval";
    case "see-shift-totals":
      return action.isOwn ? "yes" : "no";
    case "see-reports":
    case "export-sales":
    case "resolve-attempt":
    case "manage-catalog":
    case "manage-cashiers":
    case "change-settings":
      return "no";
  }
}

/** Down, and by no more than a line's discount may be. Two reductions on one line are for a manager to see. */
function isSmallOverride(action: Extract<Action, { kind: "override-price" }>): boolean {
  const { fromFen, toFen, isDiscounted } = action;
  if (isDiscounted || toFen > fromFen) return false;
  return isWithin({ discountFen: subtractFen(fromFen, toFen), ofFen: fromFen }, cashierLineDiscountBasisPoints);
}

/** Compared as products, so that no share is rounded: both sides stay below 10^13. */
function isWithin(granted: { readonly discountFen: Fen; readonly ofFen: Fen }, limitBasisPoints: number): boolean {
  return granted.discountFen * 10_000 <= granted.ofFen * limitBasisPoints;
}
