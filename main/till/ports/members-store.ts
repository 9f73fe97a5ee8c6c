import type { PointRates } from "#core/members/points.ts";
import type { JournalDraft } from "./sales-store.ts";

/** A member as this till knows them. Whatever says who they are leaves main masked only. */
export interface MemberRecord {
  readonly memberId: string;
  /** What stands on their card; null, as the phone number, of one who was deleted. */
  readonly code: string | null;
  /** May be empty. */
  readonly name: string;
  /** Eleven digits; null where none was given. */
  readonly phone: string | null;
  readonly enrolledAtMs: number;
  readonly isDeleted: boolean;
  /** The sum of all entries; below zero where goods came back whose points were spent. */
  readonly balance: number;
}

export type PointKind = "earned" | "spent" | "taken-back" | "given-back";

/** One move of a balance, and the sale behind it. */
export interface PointEntry {
  readonly position: number;
  readonly kind: PointKind;
  /** Signed. */
  readonly points: number;
  /** Null of goods taken back without a receipt, whose number it has then. */
  readonly saleId: string | null;
  readonly saleNumber: string;
  /** RFC 3339 with the shop's offset. */
  readonly at: string;
}

/** A page, newest first; `before` of the next one is the position of the last row. */
export interface MemberPage {
  /** Part of a name, the last four digits or all of a number or card; empty for everybody. */
  readonly search: string;
  readonly before: number | null;
  readonly limit: number;
}

/** Members and their points; each change is one transaction with its journal entry. */
export interface MembersStore {
  /** Asserts that id, code and number are nobody else's. */
  enrolMember(
    member: Pick<MemberRecord, "memberId" | "name" | "phone" | "enrolledAtMs"> & { readonly code: string },
    entry: JournalDraft,
  ): void;
  changeMember(memberId: string, to: Pick<MemberRecord, "name" | "phone">, entry: JournalDraft): void;
  /** Empties name, number and card for good; the bare id and the points stay. */
  deleteMember(memberId: string, entry: JournalDraft): void;
  /** Empties the log beside the file, where what was deleted still stands; false while somebody reads, ask again then. */
  wipeTraces(): boolean;
  /** Also of a deleted one; null for nobody's id. */
  member(memberId: string): MemberRecord | null;
  memberByCode(code: string): MemberRecord | null;
  memberByPhone(phone: string): MemberRecord | null;
  membersByLastFour(lastFour: string, limit: number): readonly MemberRecord[];
  listMembers(page: MemberPage): readonly (MemberRecord & { readonly position: number })[];
  /** How many there are, deleted ones apart. */
  memberCount(): number;
  memberPoints(memberId: string, before: number | null, limit: number): readonly PointEntry[];
  pointRates(): PointRates;
  savePointRates(rates: PointRates, entry: JournalDraft): void;
}
