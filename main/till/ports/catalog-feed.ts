import type { FeedRow } from "#contract/wire/feed.ts";

/** The catalogue's side of head office's feed. Each change is one short transaction; others run between them. */
export interface CatalogFeed {
  /** Everything up to here is in; 0 before the first row. */
  rev(): number;
  isSnapshot(): boolean;
  /** Begins at 0 again: what does not come in it is gone when it ends. */
  beginSnapshot(): void;
  /** Rows in the order of their rev; the checkpoint goes with each part of them, and ends at `through`. */
  apply(rows: readonly FeedRow[], through: number): Promise<void>;
  /** Takes away what the snapshot did not bring; an empty one takes nothing. */
  endSnapshot(): Promise<void>;
  /** Items and categories that are head office's. */
  liveCount(): number;
  /** Makes prices whose time has come the items' own. A look-up never waits for it: it asks the clock itself. */
  settleDuePrices(): Promise<void>;
}
