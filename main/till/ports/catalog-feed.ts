import type { WireFeedPage } from "#contract/catalog-writer/messages.ts";

/** What became of a page of the catalogue's feed. */
export type TakenPage =
  /** Read, and in the file or on its way there. `hasMore`: there is more, or the catalogue begins again. */
  | { readonly kind: "taken"; readonly hasMore: boolean; readonly hasRows: boolean }
  /** No page of this feed, or not the one that follows; it changed nothing. */
  | { readonly kind: "misfit"; readonly detail: string }
  /** It could not be written: to be asked for again from what is in the file. */
  | { readonly kind: "failed"; readonly detail: string };

/** The catalogue's side of head office's feed. The till reads its catalogue all the while; nothing here keeps it waiting. */
export interface CatalogIntake {
  /** What to ask head office for: what comes after the last page that was read, or after what the file holds. */
  after(): number;
  /**
   * Takes a page as it came; whose word it is was checked before. Resolves when it is read and there is room for the next,
   * and at the end of the feed when all of it is in the file. Rows and checkpoint are one transaction.
   */
  take(page: WireFeedPage): Promise<TakenPage>;
  /** Begins at 0 again: what does not come until its end is gone then. */
  beginSnapshot(): Promise<void>;
  /** Makes prices whose time has come the items' own. A look-up never waits for it: it asks the clock itself. */
  settleDuePrices(): Promise<void>;
  /** What is not written by now is asked for again at the next start. */
  stop(): void;
}
