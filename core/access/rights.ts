import { fail, ok, type Result } from "#core/result.ts";

/** `needs-approval`: a manager's PIN for this one action; `no`: not even with one, sign in as a manager. */
export type Grant = "yes" | "needs-approval" | "no";

/** Roles whose rights a shop sets. A manager may everything: whoever sets the table could give it to themselves. */
export const settableRoles = ["cashier", "lead"] as const;
export type SettableRole = (typeof settableRoles)[number];

/**
 * What a shop decides about, named as the action it covers (permissions.ts). Changing people, rights and settings is not
 * among them: it stays with managers, or a right could be used to take more of them.
 */
export const rightNames = [
  "void-sale",
  "discount-line",
  "discount-sale",
  "price-override",
  "refund-sale",
  "return-without-receipt",
  "open-drawer",
  "pay-out",
  "reprint-receipt",
  "sell-expired",
  "sell-short",
  "take-static-code",
  "settle-static-code",
  "close-shift",
  "receive-goods",
  "count-stock",
  "book-stock-take",
  "correct-stock",
  "see-reports",
] as const;
export type RightName = (typeof rightNames)[number];

/** Rights with a limit: a share of what it is taken off in basis points (1/100 percent), or an amount in fen. */
export const limitUnits = {
  "discount-line": "basis-points",
  "discount-sale": "basis-points",
  "price-override": "basis-points",
  "refund-sale": "fen",
  "return-without-receipt": "fen",
  "pay-out": "fen",
} as const satisfies Partial<Record<RightName, "basis-points" | "fen">>;
export type LimitedRight = keyof typeof limitUnits;

/** Rights that are there or not: nobody is asked for a PIN before they are used. */
const plainRights: readonly RightName[] = ["reprint-receipt", "count-stock", "see-reports"];

export function grantsOf(right: RightName): readonly Grant[] {
  return plainRights.includes(right) ? ["yes", "no"] : ["yes", "needs-approval", "no"];
}

/** Up to `limit` the grant is yes; above it a manager is asked. Null: no limit. Of no meaning for another grant than yes. */
export interface RightSetting {
  readonly grant: Grant;
  readonly limit: number | null;
}

export type RoleRights = Readonly<Record<RightName, RightSetting>>;
export type Rights = Readonly<Record<SettableRole, RoleRights>>;

/** The largest limits that mean something: all of it, and the largest amount of money there is (core/money/fen.ts). */
export const mostLimit = { "basis-points": 10_000, fen: 1_000_000_000 } as const;

const yes: RightSetting = { grant: "yes", limit: null };
const asks: RightSetting = { grant: "needs-approval", limit: null };
const no: RightSetting = { grant: "no", limit: null };
const upTo = (limit: number): RightSetting => ({ grant: "yes", limit });

/** What holds until a shop says otherwise. */
export const defaultRights: Rights = {
  cashier: {
    "void-sale": asks,
    "discount-line": upTo(2_000),
    "discount-sale": upTo(1_000),
    "price-override": upTo(2_000),
    "refund-sale": asks,
    "return-without-receipt": asks,
    "open-drawer": asks,
    "pay-out": asks,
    "reprint-receipt": yes,
    "sell-expired": asks,
    "sell-short": asks,
    "take-static-code": asks,
    "settle-static-code": asks,
    "close-shift": asks,
    "receive-goods": asks,
    "count-stock": yes,
    "book-stock-take": asks,
    "correct-stock": asks,
    "see-reports": no,
  },
  lead: {
    "void-sale": yes,
    "discount-line": upTo(3_000),
    "discount-sale": upTo(2_000),
    "price-override": upTo(3_000),
    "refund-sale": upTo(20_000),
    "return-without-receipt": asks,
    "open-drawer": yes,
    "pay-out": upTo(50_000),
    "reprint-receipt": yes,
    "sell-expired": asks,
    "sell-short": yes,
    "take-static-code": yes,
    "settle-static-code": asks,
    "close-shift": yes,
    "receive-goods": yes,
    "count-stock": yes,
    "book-stock-take": asks,
    "correct-stock": asks,
    "see-reports": no,
  },
};

export function isLimited(right: RightName): right is LimitedRight {
  return Object.hasOwn(limitUnits, right);
}

/** One right of one role as somebody has just set it. */
export interface RightChange extends RightSetting {
  readonly role: SettableRole;
  readonly right: RightName;
}

export interface RightFault {
  readonly kind: "limit-out-of-range" | "right-has-no-limit" | "no-such-grant";
}

/**
 * The table with one right changed. A limit is a whole number from 0 to all there is, and stands only where the right has
 * one and is granted; a limited right that is granted always says up to how much.
 */
export function changeRight(rights: Rights, { role, right, grant, limit }: RightChange): Result<Rights, RightFault> {
  if (!grantsOf(right).includes(grant)) return fail({ kind: "no-such-grant" });
  if (limit !== null) {
    if (!isLimited(right)) return fail({ kind: "right-has-no-limit" });
    if (!Number.isSafeInteger(limit) || limit < 0 || limit > mostLimit[limitUnits[right]])
      return fail({ kind: "limit-out-of-range" });
  } else if (grant === "yes" && isLimited(right)) {
    return fail({ kind: "limit-out-of-range" });
  }
  const setting: RightSetting = { grant, limit: grant === "yes" ? limit : null };
  return ok({ ...rights, [role]: { ...rights[role], [right]: setting } });
}
