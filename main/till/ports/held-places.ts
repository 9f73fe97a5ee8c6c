import type { Give, Given, HeldRow, Taken } from "#contract/wire/held.ts";

/** One of those that hold sales for every till, by its key: another one under the same address knows nothing of them. */
export interface HeldPlace {
  readonly kind: "office" | "relay";
  readonly key: string;
}

export interface PlacedRow extends HeldRow {
  readonly place: HeldPlace;
}

/** Head office and the shop's relay, as far as sales held for every till go. Nothing here touches the disk, and nothing rejects. */
export interface HeldPlaces {
  /** False while the till is enrolled nowhere. */
  isOpen(): boolean;
  /** Which one answers now, head office before the relay; null for none. */
  nearest(): Promise<HeldPlace | null>;
  /** What lies at all that answer; `isWhole` where all of them did. */
  list(): Promise<{ readonly rows: readonly PlacedRow[]; readonly isWhole: boolean }>;
  /** null: the answer is not known, and may have been anything. */
  give(place: HeldPlace, give: Give): Promise<Given | null>;
  /** As above. */
  take(place: HeldPlace, giveId: string, takeId: string): Promise<Taken | null>;
}
