import { assert } from "#core/result.ts";
import { type Distribution, distributionOf } from "../result.ts";

/**
 * The round with the lowest p99: what the machine's other work does to a round says nothing of the till, and a slow till has no
 * quiet round.
 * @param measure one round's samples
 */
export async function quietestRound(rounds: number, measure: () => Promise<readonly number[]>): Promise<Distribution> {
  const measured: Distribution[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(distributionOf(await measure()));
  const [quietest] = measured.toSorted((a, b) => a.p99 - b.p99);
  assert(quietest !== undefined, "there is a round");
  return quietest;
}
