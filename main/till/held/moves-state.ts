import type { TillContext } from "#main/till/context.ts";
import type { PlacedRow } from "#main/till/ports/held-places.ts";

/** What the till knows of sales that change hands beside what is on disk. */
export interface HeldMovesState {
  /** Asked about at this moment, by the id of the question. */
  readonly underWay: Set<string>;
  /** When each that is not known yet is asked about again: how to call that off, and how often it was in vain. */
  readonly later: Map<string, { readonly callOff: () => void; readonly failures: number }>;
  /** Head office answered when it was last heard of: a question is due when it does again. */
  wasOnline: boolean;
  /** The last list, by `giveId`. */
  listed: ReadonlyMap<string, PlacedRow>;
}

/** A cashier waits for it at first; a place that is away for a day is not asked more often than that. Milliseconds. */
const [firstPauseMs, mostPauseMs] = [2_000, 60_000];

export function noHeldMoves(): HeldMovesState {
  return { underWay: new Set(), later: new Map(), wasOnline: false, listed: new Map() };
}

/** Plans the next question about one whose answer is not known, further off each time. */
export function askLater(till: TillContext, id: string, ask: () => Promise<unknown>): void {
  const { later } = till.state.heldMoves;
  const failures = (later.get(id)?.failures ?? 0) + 1;
  later.get(id)?.callOff();
  const pauseMs = Math.min(mostPauseMs, firstPauseMs * 2 ** Math.min(failures - 1, 10));
  const callOff = till.deps.clock.after(pauseMs, () => void askSafely(till, ask));
  later.set(id, { callOff, failures });
}

/** Nobody asks about it any more. */
export function askNoMore(till: TillContext, id: string): void {
  const { later } = till.state.heldMoves;
  later.get(id)?.callOff();
  later.delete(id);
}

/** In the background: a disk that refuses is said in the log, and the question stays on disk for the next start. */
export async function askSafely(till: TillContext, ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask();
  } catch (cause) {
    till.deps.logFault("a held sale on its way", cause);
  }
}

/** While it is asked about one id nobody else asks about it; null where the answer is not known. */
export async function askAlone<T>(till: TillContext, id: string, ask: () => Promise<T | null>): Promise<T | null> {
  const { underWay } = till.state.heldMoves;
  underWay.add(id);
  try {
    return await ask();
  } finally {
    underWay.delete(id);
  }
}
