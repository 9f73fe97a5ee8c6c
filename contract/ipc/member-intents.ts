import { z } from "zod";
import type { PointRates } from "#core/members/points.ts";

const id = z.string().min(1).max(64);
/** As long as a receipt's line takes; may be empty. */
const name = z
  .string()
  .trim()
  .max(20)
  .regex(/^\P{Cc}*$/u);
/** However it was typed; main says whether it is a number. */
const phone = z.string().trim().max(24);
const before = z.int().min(1).nullable();
const limit = z.int().min(1).max(100);

/** Members at the till, and the page on which a manager looks after them. */
export const memberSchemas = {
  /** By all of a phone number, its last four digits, or what stands on a card. */
  "find-members": z.strictObject({ text: z.string().trim().min(1).max(40) }),
  /** Somebody new; without a number they have a card alone. The sale on the screen is theirs from then on. */
  "enrol-member": z.strictObject({ name, phone }),
  /** Whose sale it is; null takes them off again. */
  "set-member": z.strictObject({ memberId: id.nullable() }),
  /** How many points pay a part of the sale; 0 takes them back. Never more than there are or than it costs. */
  "spend-points": z.strictObject({ count: z.int().min(0).max(100_000_000) }),
  /** Prints the card again; past the print queue, whose papers lie in the books. */
  "print-member-card": z.strictObject({ memberId: id }),

  /** For a manager, as all below. */
  members: z.strictObject({ search: z.string().trim().max(40), before, limit }),
  /** What moved a balance, newest first. */
  "member-points": z.strictObject({ memberId: id, before, limit }),
  /** `phone`: null keeps the one there is; empty takes it away. */
  "change-member": z.strictObject({ memberId: id, name, phone: phone.nullable() }),
  /** Deletes who they are for good; what they bought and their points stay under a bare id. */
  "delete-member": z.strictObject({ memberId: id }),
  "save-point-rates": z.strictObject({
    pointsPerYuan: z.int().min(0).max(100),
    fenPerPoint: z.int().min(0).max(1_000),
  }),
} as const satisfies Record<string, z.ZodType>;

/** A member as screens show them: never the whole number. */
export interface MemberView {
  readonly memberId: string;
  /** 138****1234, or the card's last digits. */
  readonly label: string;
  readonly name: string;
  readonly hasPhone: boolean;
  /** TWM****1234 */
  readonly card: string;
  readonly balance: number;
  readonly enrolledAtMs: number;
}

export interface MemberRowView extends MemberView {
  /** What the next page begins before. */
  readonly position: number;
}

export interface MembersView {
  readonly rows: readonly MemberRowView[];
  /** Of all members, whatever is searched for. */
  readonly count: number;
  readonly rates: PointRates;
  readonly canPrint: boolean;
}

export interface PointEntryView {
  readonly position: number;
  readonly kind: "earned" | "spent" | "taken-back" | "given-back";
  readonly points: number;
  /** Null of goods taken back without a receipt. */
  readonly saleId: string | null;
  readonly saleNumber: string;
  readonly at: string;
}

export interface MemberAnswers {
  "find-members": readonly MemberView[];
  "enrol-member": MemberView;
  members: MembersView;
  "member-points": readonly PointEntryView[];
  "change-member": MemberView;
  "save-point-rates": PointRates;
}

export type MemberFault =
  /** Nobody's card: another shop's, another till's, or of somebody who was deleted. */
  | "member-unknown"
  | "no-such-member"
  /** Neither a number, nor four digits, nor a card. */
  | "member-search-unclear"
  | "phone-not-valid"
  | "phone-taken"
  | "no-member"
  | "too-many-points"
  | "points-not-spent-here"
  | "card-not-printed"
  | "rate-out-of-range"
  | "points-worth-more"
  /** Members are this till's: the sale stays here. */
  | "held-has-member";
