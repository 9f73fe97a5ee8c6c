import { subtractFen, type Fen } from "#core/money/fen.ts";
import { defaultRights, type Grant, isLimited, type RightName, type Rights, type RightSetting } from "./rights.ts";
import type { CashMoveKind } from "#core/shift/cash-move.ts";
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
  /** Giving money back; without an amount it is more than any limit. */
  | { readonly kind: "refund-sale"; readonly amountFen?: Fen }
  /** Cash for goods of which nobody knows the sale: nothing says that they were ever bought here. */
  | { readonly kind: "return-without-receipt"; readonly amountFen: Fen }
  /** A pack past its date: the shop answers for it, not the cashier. */
  | { readonly kind: "sell-expired" }
  /** More than there is by the books, where the shop wants to be asked. */
  | { readonly kind: "sell-short" }
  /** Deliveries, and stock counted, booked and corrected. */
  | { readonly kind: "receive-goods" | "count-stock" | "book-stock-take" | "correct-stock" }
  /** Cash into the drawer, out of it, into the safe. */
  | { readonly kind: "move-cash"; readonly move: CashMoveKind; readonly amountFen: Fen }
  /** Where the count is blind, an X would say what to count to. */
  | { readonly kind: "read-x-report"; readonly isOwn: boolean; readonly isBlind: boolean }
  /** A count beyond the shop's limit: it signs money off. */
  | { readonly kind: "accept-variance" }
  | { readonly kind: "correct-shift" }
  | { readonly kind: "see-reports" }
  | { readonly kind: "export-sales" }
  | { readonly kind: "resolve-attempt" }
  | { readonly kind: "manage-catalog" }
  /** The list of members, and what points are worth; enrolling one at the till is selling. */
  | { readonly kind: "manage-members" }
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
  if (right === "yes" || right === "needs-approval" || right === "no") return right;
  const setting = rights[role][right];
  if (setting.grant !== "yes" || setting.limit === null) return setting.grant;
  return isLimited(right) && isWithin(action, setting) ? "yes" : "needs-approval";
}

/** Cash that comes in harms nobody; what goes to the safe is counted again there by somebody else. */
const moveRights = { "pay-in": "yes", "pay-out": "pay-out", "safe-drop": "needs-approval" } as const;

/** Which right of the table decides, or what holds whatever the shop has set. */
function rightBehind(action: Action): RightName | Grant {
  switch (action.kind) {
    case "sell":
    case "open-shift":
      return "yes";
    case "void-sale":
      return action.lineCount === 0 ? "yes" : "void-sale";
    case "discount-line":
      return action.isOverridden === true ? "needs-approval" : action.kind;
    case "override-price":
      return action.isDiscounted || action.toFen > action.fromFen ? "needs-approval" : "price-override";
    case "close-shift":
      return action.isOwn ? "yes" : "close-shift";
    case "see-shift-totals":
      return action.isOwn ? "yes" : "no";
    case "take-static-code":
      return action.isGatewayAway ? "yes" : "take-static-code";
    case "move-cash":
      return moveRights[action.move];
    case "read-x-report":
      return action.isOwn && !action.isBlind ? "yes" : "needs-approval";
    case "accept-variance":
      return "needs-approval";
    case "discount-sale":
    case "reprint-receipt":
    case "open-drawer":
    case "refund-sale":
    case "return-without-receipt":
    case "settle-static-code":
    case "sell-expired":
    case "sell-short":
    case "receive-goods":
    case "count-stock":
    case "book-stock-take":
    case "correct-stock":
    case "see-reports":
      return action.kind;
    case "correct-shift":
    case "export-sales":
    case "manage-catalog":
    case "manage-members":
    case "resolve-attempt":
    case "manage-cashiers":
    case "change-settings":
      return "no";
  }
}

/** Shares are compared as products, so that none is rounded: both sides stay below 10^13. */
function isWithin(action: Action, { limit }: RightSetting): boolean {
  if (limit === null) return true;
  if (action.kind === "override-price")
    return subtractFen(action.fromFen, action.toFen) * 10_000 <= action.fromFen * limit;
  if ("discountFen" in action) return action.discountFen * 10_000 <= action.ofFen * limit;
  return "amountFen" in action && action.amountFen !== undefined && action.amountFen <= limit;
}
