import { fail, ok, type Result } from "#core/result.ts";
import { subtractFen, type Fen } from "./fen.ts";

export interface NotEnoughCash {
  readonly kind: "not-enough-cash";
  /** What is still missing, positive. */
  readonly missingFen: Fen;
}

/** 找零: what the customer gets back for what was handed over. Refuses cash that does not cover what is due. */
export function changeFor(dueFen: Fen, receivedFen: Fen): Result<Fen, NotEnoughCash> {
  return receivedFen >= dueFen
    ? ok(subtractFen(receivedFen, dueFen))
    : fail({ kind: "not-enough-cash", missingFen: subtractFen(dueFen, receivedFen) });
}
