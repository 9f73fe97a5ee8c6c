import type { Fault } from "#tests/sync/proxy.ts";
import { drawnFaults } from "#tests/sync/proxy.ts";
import { pick, type Random, seededRandom } from "#tests/support/random.ts";

/** A stretch of the day in which a till's line is not what it should be; shares of the day. */
export interface Spell {
  readonly kind: "out" | "slow" | "spoilt";
  readonly from: number;
  readonly to: number;
}

export interface DayPlan {
  /** Of each till, in no order. */
  readonly lines: readonly (readonly Spell[])[];
  /** Head office is away; it ends in order or is killed. */
  readonly officeAway: readonly { readonly from: number; readonly to: number; readonly isKilled: boolean }[];
}

const hour = 1 / 24;
/**
 * Nobody reaches head office for six hours, and thousands of entries wait. It lies behind the second quarter of the day
 * and reaches into the last: memory that grows with what waits shows there.
 */
const longOutage: Spell = { kind: "out", from: 15 * hour, to: 21 * hour };
/** Longest delay and longest black hole of a request, milliseconds of the machine. */
const longestFaultMs = 800;

/** A day's troubles, the same for the same seed. */
export function planDay(seed: number, tills: number): DayPlan {
  const random = seededRandom(seed);
  const lines = Array.from({ length: tills }, () => [
    longOutage,
    ...spells(random, "out", 4, 1.5 * hour),
    ...spells(random, "slow", 3, hour),
    ...spells(random, "spoilt", 5, hour),
  ]);
  // Both in the first quarter: the process whose memory is compared between quarters is the same one.
  const officeAway = [1 * hour, 3.5 * hour].map((early, index) => {
    const from = early + random() * hour;
    return { from, to: from + (0.1 + random() * 0.3) * hour, isKilled: index === 1 };
  });
  return { lines, officeAway };
}

function spells(random: Random, kind: Spell["kind"], count: number, longest: number): readonly Spell[] {
  return Array.from({ length: count }, () => {
    const from = random();
    return { kind, from, to: from + (0.05 + 0.95 * random()) * longest };
  });
}

/** What becomes of a request at a moment of the day; where spells overlap the first kind that holds is the worst. */
export function faultsOf(spellsOfTill: readonly Spell[], random: Random): (share: number) => Fault {
  const spoil = drawnFaults(random, 0.5, longestFaultMs);
  return (share) => {
    const kinds = new Set(spellsOfTill.filter(({ from, to }) => from <= share && share < to).map(({ kind }) => kind));
    if (kinds.has("out")) return { kind: "refuse" };
    if (kinds.has("spoilt")) return spoil();
    return kinds.has("slow") ? { kind: "delay", ms: 20 + pick(random, longestFaultMs) } : { kind: "none" };
  };
}

/** Outages that are seen as one: spells in which a line was out, those that overlap counted once. */
export function outages(plan: DayPlan): number {
  return plan.lines.reduce((sum, line) => sum + merged(line.filter(({ kind }) => kind === "out")), 0);
}

function merged(line: readonly Spell[]): number {
  let [count, end] = [0, -1];
  for (const { from, to } of line.toSorted((a, b) => a.from - b.from)) {
    if (from > end) count += 1;
    end = Math.max(end, to);
  }
  return count;
}
