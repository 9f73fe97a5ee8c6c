import type { Rights } from "#core/access/rights.ts";
import type { Cashier } from "#core/access/role.ts";
import type { JournalDraft, PinRecord } from "./sales-store.ts";

/** Somebody who works at this till, or did. */
export interface PersonRecord {
  readonly cashier: Cashier;
  /** Name and role are head office's; PIN and badge are this till's. */
  readonly isOffice: boolean;
  /** False for whoever was taken away: they sign in no more, and what they did stays. */
  readonly isActive: boolean;
  readonly hasPin: boolean;
  /** Milliseconds since the epoch; null without a badge. */
  readonly badgeSinceMs: number | null;
}

export interface AccessSettings {
  /** Minutes without a touch until the screen locks; 0: never. Null: as the till comes. */
  readonly lockMinutes: number | null;
  /** A badge alone signs nobody in. */
  readonly badgeNeedsPin: boolean;
}

/** People, their badges and their rights; each change is one transaction with its journal entry. */
export interface PeopleStore {
  /** Everybody, also those who were taken away; active ones first, by name. */
  listPeople(): readonly PersonRecord[];
  /** Asserts that the id is new. The PIN is given afterwards (`setPin`). */
  addPerson(cashier: Cashier, entry: JournalDraft): void;
  /** Name, role and whether they sign in. Asserts that they are there. */
  changePerson(cashier: Cashier, isActive: boolean, entry: JournalDraft): void;
  /** `hash`: 64 hex digits, in nobody else's hands; null takes the badge away. Failures stay as they are. */
  setBadge(
    cashierId: string,
    badge: { readonly hash: string; readonly sinceMs: number } | null,
    entry: JournalDraft,
  ): void;
  /** Whose badge has this hash, if they may sign in. */
  personByBadge(hash: string): PinRecord | null;
  rights(): Rights;
  saveRights(rights: Rights, entry: JournalDraft): void;
  accessSettings(): AccessSettings;
  saveAccessSettings(settings: AccessSettings, entry: JournalDraft): void;
}
