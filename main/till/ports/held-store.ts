import type { HeldPlace } from "./held-places.ts";
import type { Draft, JournalDraft } from "./sales-store.ts";

/** A held sale on its way to every till: until the place's word it is neither ours nor anybody's. */
export interface Giving {
  readonly saleId: string;
  readonly giveId: string;
  readonly place: HeldPlace;
  readonly begunAtMs: number;
}

/** A sale held for every till that this one has asked for, with what the list said of it. */
export interface Taking {
  readonly takeId: string;
  readonly giveId: string;
  readonly saleId: string;
  readonly place: HeldPlace;
  readonly label: string;
  readonly cashierName: string;
  readonly fromTerminal: string;
  readonly heldAtMs: number;
  readonly lineCount: number;
  readonly totalFen: number;
  readonly begunAtMs: number;
}

/** The part of sales.db that knows which sales are changing hands. Fsynced like the rest of it. */
export interface HeldMoveStore {
  /** Before it is asked for the first time. Asserts a held sale without a tender or any attempt. */
  beginGiving(giving: Giving): void;
  /** The place has it: draft and mark go, with the journal's word. */
  endGiving(saleId: string, entry: JournalDraft): void;
  /** It is certain that the place will never have it: an ordinary held sale again. */
  keepGiving(saleId: string): void;
  /** Oldest first. */
  givings(): readonly Giving[];
  giving(saleId: string): Giving | null;

  /** Before it is asked for the first time. */
  beginTaking(taking: Taking): void;
  /**
   * Ours: the draft with the journal's word. A sale this file has sold, or still has as a draft, is not made one again;
   * the answer says which, and the journal is told by `entry` all the same.
   */
  endTaking(takeId: string, draft: Draft, entry: (became: TakenAs) => JournalDraft): TakenAs;
  /** It is somebody else's, or there is nothing to take; with the journal's word where a person decided. */
  dropTaking(takeId: string, entry?: JournalDraft): void;
  /** Oldest first. */
  takings(): readonly Taking[];
}

export type TakenAs = "draft" | "sold-here" | "draft-here";
