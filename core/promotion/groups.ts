import type { Contender } from "./best-order.ts";
import type { Run } from "./goods.ts";
import type { AppliedPromotion } from "./promotion.ts";

/** Contenders in groups that share no goods: what one group takes is nothing to another. */
export function rivals(contenders: readonly Contender[], runCount: number): readonly (readonly Contender[])[] {
  const groupOfRun = new Int32Array(runCount).fill(-1);
  const parent = contenders.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) {
      // Halves the way for the next who asks.
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  for (const [index, { own }] of contenders.entries()) {
    for (const runIndex of own) {
      const other = groupOfRun[runIndex] ?? -1;
      if (other >= 0) parent[root(index)] = root(other);
      groupOfRun[runIndex] = index;
    }
  }
  const groups = new Map<number, Contender[]>();
  for (const [index, contender] of contenders.entries()) {
    const group = groups.get(root(index));
    if (group === undefined) groups.set(root(index), [contender]);
    else group.push(contender);
  }
  return [...groups.values()];
}

/** The runs a promotion may take, and what it saves by itself. */
interface KnownContender {
  readonly own: readonly Run[];
  readonly alone: Contender["alone"];
}

/** What a group came to, and whose it is. */
interface KnownGroup {
  readonly contenders: readonly Contender["alone"][];
  readonly applied: readonly AppliedPromotion[];
}

/**
 * The promotions and groups of the last evaluation. A scan changes those that want its line; the others come to the same.
 * A promotion that wants the very same runs as before has the very same `alone`, by which a group is known again.
 */
export class KnownGroups {
  #contenders: (KnownContender | undefined)[] = [];
  #last = new Map<number, KnownGroup>();
  #next = new Map<number, KnownGroup>();

  /** The last evaluation is over, or was of lines in another order. */
  begin(isInOrder: boolean): void {
    this.#last = isInOrder ? this.#next : new Map();
    this.#next = new Map();
    if (!isInOrder) this.#contenders = [];
  }

  /** What is known of a promotion if it wants the same runs as the last time. */
  aloneOf(index: number, own: readonly number[], runs: readonly Run[]): Contender["alone"] {
    const known = this.#contenders[index];
    if (known !== undefined && isSame(known.own, own, runs)) return known.alone;
    const alone = { savedFen: null };
    this.#contenders[index] = { own: own.flatMap((runIndex) => runs[runIndex] ?? []), alone };
    return alone;
  }

  /** What the same promotions came to on the same runs, or else what `workOut` finds. */
  take(group: readonly Contender[], workOut: () => readonly AppliedPromotion[]): readonly AppliedPromotion[] {
    const first = group[0]?.index ?? -1;
    const last = this.#last.get(first);
    const isKnown =
      last?.contenders.length === group.length && last.contenders.every((alone, at) => alone === group[at]?.alone);
    const known = isKnown ? last : { contenders: group.map(({ alone }) => alone), applied: workOut() };
    this.#next.set(first, known);
    return known.applied;
  }
}

function isSame(known: readonly Run[], own: readonly number[], runs: readonly Run[]): boolean {
  if (known.length !== own.length) return false;
  for (let at = 0; at < own.length; at += 1) if (runs[own[at] ?? -1] !== known[at]) return false;
  return true;
}
