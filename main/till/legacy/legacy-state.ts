import type { NexoBody } from "#contract/nexo/responses.ts";
import type { LegacySession } from "#main/till/ports/legacy-store.ts";

/** What is known of old tills' requests beside what is on disk. */
export interface LegacyState {
  /** Payments that are not answered yet, by the sale they are for. */
  readonly open: Map<string, LegacySession>;
  /** Who waits for the answer to what, by session. */
  readonly waiting: Map<string, Set<(body: NexoBody) => void>>;
  /** Payments the old till itself took back, which its answer says. */
  readonly aborted: Set<string>;
  /** Reversals that head office is asked about, or that are about to be requested. */
  readonly giving: Set<string>;
  /** Words an old till has put on the customer display, until the next sale or payment. */
  shownLines: readonly string[];
}

export function noLegacy(): LegacyState {
  return { open: new Map(), waiting: new Map(), aborted: new Set(), giving: new Set(), shownLines: [] };
}
