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

/** What a group came to, and of which goods. */
interface KnownGroup {
  readonly contenders: readonly { readonly index: number; readonly own: readonly Run[] }[];
  readonly applied: readonly AppliedPromotion[];
}

/** The groups of the last evaluation, each by its first promotion. A scan changes one of them; the others come to the same. */
export class KnownGroups {
  #last = new Map<number, KnownGroup>();
  #next = new Map<number, KnownGroup>();

  /** The last evaluation is over, or was of another order. */
  begin(isInOrder: boolean): void {
    this.#last = isInOrder ? this.#next : new Map();
    this.#next = new Map();
  }

  /** What the same promotions came to on the very same runs, or else what `workOut` finds. */
  take(
    group: readonly Contender[],
    runs: readonly Run[],
    workOut: () => readonly AppliedPromotion[],
  ): readonly AppliedPromotion[] {
    const first = group[0]?.index ?? -1;
    const last = this.#last.get(first);
    const known = last !== undefined && isSame(last, group, runs) ? last : knownOf(group, runs, workOut());
    this.#next.set(first, known);
    return known.applied;
  }
}

function knownOf(group: readonly Contender[], runs: readonly Run[], applied: readonly AppliedPromotion[]): KnownGroup {
  const contenders = group.map(({ index, own }) => ({
    index,
    own: own.flatMap((runIndex) => runs[runIndex] ?? []),
  }));
  return { contenders, applied };
}

function isSame({ contenders }: KnownGroup, group: readonly Contender[], runs: readonly Run[]): boolean {
  if (contenders.length !== group.length) return false;
  return contenders.every(({ index, own }, at) => {
    const now = group[at];
    if (now?.index !== index || now.own.length !== own.length) return false;
    for (let place = 0; place < own.length; place += 1) if (runs[now.own[place] ?? -1] !== own[place]) return false;
    return true;
  });
}
