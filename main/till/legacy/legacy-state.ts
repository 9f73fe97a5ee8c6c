import type { NexoBody } from "#contract/nexo/responses.ts";
import type { LegacySession } from "#main/till/ports/legacy-store.ts";

/** A message whose answer is still to come. */
export interface Waiting {
  readonly sessionId: string;
  readonly answer: (body: NexoBody) => void;
  /** Answers that nobody knows the end yet. */
  readonly giveUp: () => void;
}

/** What is known of old tills' requests beside what is on disk. */
export interface LegacyState {
  /** Payments that are not answered yet, by the sale they are for. */
  readonly open: Map<string, LegacySession>;
  /** Who waits for the end of what, the longest first; bounded by `answerOf`. */
  readonly waiting: Set<Waiting>;
  /** Payments the old till itself took back, which its answer says. */
  readonly aborted: Set<string>;
  /** Reversals that head office is asked about, or that are about to be requested. */
  readonly giving: Set<string>;
  /** Words an old till has put on the customer display, until the next sale or payment. */
  shownLines: readonly string[];
}

export function noLegacy(): LegacyState {
  return { open: new Map(), waiting: new Set(), aborted: new Set(), giving: new Set(), shownLines: [] };
}
