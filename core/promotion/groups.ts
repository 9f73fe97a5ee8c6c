import type { Contender, KnownContender, Taken } from "./best-order.ts";
import type { Run } from "./goods.ts";

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

/** What a group came to, and whose it is. */
interface KnownGroup {
  readonly contenders: readonly KnownContender[];
  readonly taken: readonly Taken[];
}

/**
 * The promotions and groups of the last evaluation. A scan changes those that want its line; the others come to the same.
 * A promotion that wants the very same runs as before has the very same `known`, by which a group is known again.
 */
export class KnownGroups {
  #contenders: ({ readonly own: readonly Run[]; readonly contender: KnownContender } | undefined)[] = [];
  #last = new Map<number, KnownGroup>();
  #next = new Map<number, KnownGroup>();

  /** The last evaluation is over, or was of lines in another order. */
  begin(isInOrder: boolean): void {
    this.#last = isInOrder ? this.#next : new Map();
    this.#next = new Map();
    if (!isInOrder) this.#contenders = [];
  }

  /** What is known of a promotion if it wants the same runs as the last time. */
  contenderOf(index: number, own: readonly number[], runs: readonly Run[]): KnownContender {
    const known = this.#contenders[index];
    if (known !== undefined && isSame(known.own, own, runs)) return known.contender;
    const contender = { aloneFen: null, turn: null };
    const ownRuns: Run[] = [];
    for (const runIndex of own) {
      const run = runs[runIndex];
      if (run !== undefined) ownRuns.push(run);
    }
    this.#contenders[index] = { own: ownRuns, contender };
    return contender;
  }

  /** What the same promotions came to on the same runs, or else what `workOut` finds. */
  take(group: readonly Contender[], workOut: () => readonly Taken[]): readonly Taken[] {
    const first = group[0]?.index ?? -1;
    const last = this.#last.get(first);
    const isKnown =
      last?.contenders.length === group.length && last.contenders.every((known, at) => known === group[at]?.known);
    const known = isKnown ? last : { contenders: group.map((one) => one.known), taken: workOut() };
    this.#next.set(first, known);
    return known.taken;
  }
}

function isSame(known: readonly Run[], own: readonly number[], runs: readonly Run[]): boolean {
  if (known.length !== own.length) return false;
  for (let at = 0; at < own.length; at += 1) if (runs[own[at] ?? -1] !== known[at]) return false;
  return true;
}
