import type { Fen } from "#core/money/fen.ts";
import { defaultRights, type Grant, isLimited, type RightName, type Rights, type RightSetting } from "./rights.ts";
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
  /** Giving money back; without an amount it is more than any limit. */
  | { readonly kind: "refund-sale"; readonly amountFen?: Fen }
  /** A pack past its date: the shop answers for it, not the cashier. */
  | { readonly kind: "sell-expired" }
  | { readonly kind: "see-reports" }
  | { readonly kind: "export-sales" }
  | { readonly kind: "resolve-attempt" }
  | { readonly kind: "manage-catalog" }
  | { readonly kind: "manage-cashiers" }
  | { readonly kind: "change-settings" };

export type Permission = Grant;

/**
 * Whether `role` may do `action`, by the shop's table of rights. Asked in main for every intent, with the table as it is
 * then; the screens ask it only to draw.
 */
export function may(role: Role, action: Action, rights: Rights = defaultRights): Permission {
  if (role === "manager") return "yes";
  const right = rightBehind(action);
  if (right === "yes" || right === "no") return right;
  const setting = rights[role][right];
  if (setting.grant !== "yes" || setting.limit === null) return setting.grant;
  return isLimited(right) && isWithin(action, setting) ? "yes" : "needs-approval";
}

/** Which right of the table decides, or what holds whatever the shop has set. */
function rightBehind(action: Action): RightName | "yes" | "no" {
  switch (action.kind) {
    case "sell":
    case "open-shift":
      return "yes";
    case "void-sale":
      return action.lineCount === 0 ? "yes" : "void-sale";
    case "close-shift":
      return action.isOwn ? "yes" : "close-shift";
    case "see-shift-totals":
      return action.isOwn ? "yes" : "no";
    case "take-static-code":
      return action.isGatewayAway ? "yes" : "take-static-code";
    case "discount-line":
    case "discount-sale":
    case "reprint-receipt":
    case "open-drawer":
    case "refund-sale":
    case "settle-static-code":
    case "sell-expired":
    case "see-reports":
      return action.kind;
    case "export-sales":
    case "manage-catalog":
    case "resolve-attempt":
    case "manage-cashiers":
    case "change-settings":
      return "no";
  }
}

/** Shares are compared as products, so that none is rounded: both sides stay below 10^13. */
function isWithin(action: Action, { limit }: RightSetting): boolean {
  if (limit === null) return true;
  if ("discountFen" in action) return action.discountFen * 10_000 <= action.ofFen * limit;
  return "amountFen" in action && action.amountFen !== undefined && action.amountFen <= limit;
}
