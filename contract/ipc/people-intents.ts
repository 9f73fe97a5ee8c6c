import { z } from "zod";
import { rightNames, settableRoles, type Rights } from "#core/access/rights.ts";
import type { Role } from "#core/access/role.ts";

const none = z.strictObject({});
const id = z.string().min(1).max(64);
const role = z.enum(["cashier", "lead", "manager"]);
/** A manager's PIN, also where a manager is signed in: whoever changes people could let in anybody. */
const approvalPin = z.string().regex(/^\d{4,8}$/);
/** As long as a receipt's line takes. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(20)
  .regex(/^\P{Cc}*$/u);

/** Who works at the till, what they may do, and when the screen locks. A manager's, but for the lock itself. */
export const peopleSchemas = {
  "people-page": none,
  "add-person": z.strictObject({ name, role, approvalPin }),
  "change-person": z.strictObject({ cashierId: id, name, role, approvalPin }),
  /** Takes somebody away, or lets them in again; what they did stays theirs. */
  "set-person-active": z.strictObject({ cashierId: id, isActive: z.boolean(), approvalPin }),
  /** Prints a new badge and ends the one before. */
  "make-badge": z.strictObject({ cashierId: id, approvalPin }),
  "revoke-badge": z.strictObject({ cashierId: id, approvalPin }),
  "save-rights": z.strictObject({
    changes: z
      .array(
        z.strictObject({
          role: z.enum(settableRoles),
          right: z.enum(rightNames),
          grant: z.enum(["yes", "needs-approval", "no"]),
          limit: z.int().min(0).max(1_000_000_000).nullable(),
        }),
      )
      .min(1)
      .max(rightNames.length * settableRoles.length),
    approvalPin,
  }),
  "save-access": z.strictObject({ lockMinutes: z.int().min(0).max(240), badgeNeedsPin: z.boolean(), approvalPin }),

  /** The cashier's own key; the sale stays. */
  "lock-screen": none,
  /** Somebody has touched the till: the lock waits anew. At most every few seconds. */
  touch: none,
} as const;

export interface PersonOfShop {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Name and role come from head office. */
  readonly isOffice: boolean;
  readonly isActive: boolean;
  readonly hasPin: boolean;
  /** Null without a badge. */
  readonly badgeSinceMs: number | null;
  /** Nobody else could manage people: stays a manager and stays here. */
  readonly isLastManager: boolean;
}

export interface PeoplePageView {
  readonly people: readonly PersonOfShop[];
  readonly rights: Rights;
  readonly lockMinutes: number;
  readonly badgeNeedsPin: boolean;
  /** Badges come out of this till's printer. */
  readonly canPrint: boolean;
}

type ChangesPeople = Exclude<keyof typeof peopleSchemas, "lock-screen" | "touch">;
export type PeopleAnswers = Record<ChangesPeople, PeoplePageView>;

export type PlainPeopleFault =
  | "people-full"
  | "name-taken"
  | "person-of-office"
  | "last-manager"
  | "no-badge"
  /** The printer did not take it: the badge before, if there was one, still holds. */
  | "badge-not-printed"
  | "limit-out-of-range"
  | "right-has-no-limit"
  | "no-such-grant"
  /** Locked: a PIN or a badge first. */
  | "screen-locked";
