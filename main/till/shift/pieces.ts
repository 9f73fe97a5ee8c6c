import type { IntentArgs } from "#contract/ipc/intents.ts";
import { ok } from "#core/result.ts";
import { countedFen, type PieceCount, tidyCount } from "#core/shift/cash-count.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";

/** Notes and coins as the screen sent them; null where the total alone was typed. Refuses those that come to another total. */
export function readPieces(
  pieces: IntentArgs<"open-shift">["pieces"],
  totalFen: number,
): Outcome<readonly PieceCount[] | null> {
  if (pieces === undefined) return ok(null);
  const counted = countedFen(pieces);
  if (!counted.ok || counted.value !== totalFen) return refuse("count-differs-from-pieces");
  return ok(tidyCount(pieces));
}
