import { type Fen, subtractFen } from "#core/money/fen.ts";
import type { DrawerCount } from "./shift.ts";

/**
 * What may be done with a count. `count-again`: it is off by more than the shop's limit, and nothing more is told until it
 * was counted a second time or the counter stands by it. `approve`: it stands, and a manager signs for the difference.
 */
export type CountVerdict = "close" | "count-again" | "approve";

export function isBeyond(limitFen: Fen, differenceFen: Fen): boolean {
  return Math.abs(differenceFen) > limitFen;
}

/**
 * Judges a count by the ones before it in its shift. Whoever was told what is missing can make any count match, so from
 * then on each one needs a manager's word.
 */
export function judgeCount(count: DrawerCount, earlier: readonly DrawerCount[], limitFen: Fen): CountVerdict {
  const isOver = ({ countedCashFen, expectedCashFen }: DrawerCount): boolean =>
    isBeyond(limitFen, subtractFen(countedCashFen, expectedCashFen));
  if (earlier.some((one) => one.isFinal && isOver(one))) return "approve";
  if (!isOver(count)) return "close";
  return count.isFinal ? "approve" : "count-again";
}
