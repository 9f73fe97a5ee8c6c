/** Why a day's bill could not be compared yet; each has its sentence on the manager's page. */
export type BillTrouble =
  /** The gateway is still writing it. */
  | "still-creating"
  /** Nobody answered, or nothing that could be understood. */
  | "no-answer"
  /** The gateway does not give it to this merchant, or not for this day. */
  | "refused"
  /** What came is not what the gateway announced: another hash, a line that is none, too large. */
  | "damaged"
  /** The program that compares failed, not the bill. */
  | "failed";

const minuteMs = 60_000;

/** First pause and longest, in minutes: what mends itself is asked soon, what a person must mend seldom. */
const pauses: Readonly<Record<BillTrouble, readonly [first: number, most: number]>> = {
  "still-creating": [10, 60],
  "no-answer": [1, 30],
  refused: [60, 360],
  damaged: [15, 360],
  failed: [5, 60],
};

/** How long to wait before the next try, milliseconds. `tries` counts the one that has just failed. */
export function retryAfterMs(trouble: BillTrouble, tries: number): number {
  const [first, most] = pauses[trouble];
  return Math.min(first * 2 ** Math.min(tries - 1, 16), most) * minuteMs;
}
