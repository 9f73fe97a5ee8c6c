/** A reading of the scale, as far as a sale needs it. Grams are whole, and null while the scale says no weight. */
export interface TrayReading {
  readonly grams: number | null;
  readonly isStable: boolean;
  readonly isOver: boolean;
  readonly isUnder: boolean;
  /** The scale has taken a tare of its own off already. */
  readonly isNet: boolean;
}

export interface TrayMoment {
  readonly reading: TrayReading;
  /** Epoch milliseconds, never later than the scale weighed. */
  readonly atMs: number;
}

/** What may be sold of what lies on the tray now. */
export type TrayState =
  /** Nothing was heard from the scale lately. */
  | { readonly kind: "silent" }
  | { readonly kind: "over" }
  | { readonly kind: "under" }
  | { readonly kind: "empty" }
  /** Not still yet, or still and heard only once. */
  | { readonly kind: "moving"; readonly grams: number | null }
  /** Below what the scale may be used to sell. */
  | { readonly kind: "too-light"; readonly grams: number }
  /** No more on the tray than the tare. */
  | { readonly kind: "only-tare"; readonly grams: number }
  /** A tare was entered here, and the scale takes one off too. */
  | { readonly kind: "tare-twice"; readonly grams: number }
  /** What the last item was weighed with still lies there, to the gram. */
  | { readonly kind: "same-again"; readonly grams: number; readonly netGrams: number }
  | { readonly kind: "ready"; readonly grams: number; readonly netGrams: number };

/** A weight to sell by is younger than this. */
export const freshMs = 500;
/** Two readings that confirm each other lie no further apart; scales answer several times a second. */
const confirmedWithinMs = 1_000;

/**
 * Judges the tray by its last two readings: a weight counts when the scale calls it stable, says it twice in the same
 * grams, and said so less than half a second ago. It is never averaged or rounded: what the customer pays is what the
 * scale's own display shows. `takenGrams` is what the last item was weighed with while it may still lie there.
 */
export function judgeTray(tray: {
  readonly last: TrayMoment | null;
  readonly before: TrayMoment | null;
  readonly nowMs: number;
  readonly tareGrams: number;
  readonly minGrams: number;
  readonly takenGrams: number | null;
}): TrayState {
  const { last, before, nowMs, tareGrams, minGrams, takenGrams } = tray;
  if (last === null || Math.abs(nowMs - last.atMs) >= freshMs) return { kind: "silent" };
  const { grams, isStable, isOver, isUnder, isNet } = last.reading;
  if (isOver) return { kind: "over" };
  if (isUnder || (grams !== null && grams < 0)) return { kind: "under" };
  if (grams === null || !isStable || !confirms(before, last)) return { kind: "moving", grams };
  if (grams === 0) return { kind: "empty" };
  if (grams < minGrams) return { kind: "too-light", grams };
  if (isNet && tareGrams > 0) return { kind: "tare-twice", grams };
  const netGrams = grams - tareGrams;
  if (netGrams <= 0) return { kind: "only-tare", grams };
  return { kind: grams === takenGrams ? "same-again" : "ready", grams, netGrams };
}

/** Whether this reading shows that the goods weighed last are no longer (alone) on the tray. */
export function hasTrayChanged({ grams, isStable, isUnder }: TrayReading, takenGrams: number): boolean {
  if (isUnder) return true;
  return isStable && grams !== null && grams !== takenGrams;
}

function confirms(before: TrayMoment | null, last: TrayMoment): boolean {
  if (before === null || !before.reading.isStable || before.reading.grams !== last.reading.grams) return false;
  const apartMs = last.atMs - before.atMs;
  return apartMs >= 0 && apartMs <= confirmedWithinMs && before.reading.isNet === last.reading.isNet;
}
