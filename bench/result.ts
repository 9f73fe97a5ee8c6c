import type { SeededDirectory } from "./support/seeded-till.ts";

/** One measured figure with the limit it was measured beside: a machine is judged against itself, not against a number. */
export interface BenchResult {
  readonly name: string;
  readonly unit: "ms" | "us" | "MiB" | "sales/s";
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** How many times it was measured. */
  readonly n: number;
  /** The figure the product cannot beat here, in `unit`: what the platform alone takes. */
  readonly limit: number;
  /** The product's figure over its limit; which figure says the bench. */
  readonly ratio: number;
  /** What was promised: at most this ratio, at most this much mostly, at the 99th percentile or ever, or at least this much mostly. */
  readonly budget: Budget;
  readonly ok: boolean;
}

export interface BenchOptions {
  /** Rows instead of the full size; null for that. */
  readonly rows: number | null;
  /** Of a shop that `npm run seed` has made, on which the benches of `seededBenches` run; null: each makes its own data. */
  readonly seeded: SeededDirectory | null;
}

type Budget =
  | { readonly ratio: number }
  | { readonly p50: number }
  | { readonly p99: number }
  | { readonly max: number }
  | { readonly least: number };

/** What `bench/<name>.ts` exports as `run`. */
export type RunBench = (options: BenchOptions) => Promise<readonly BenchResult[]>;

export interface Distribution {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly n: number;
}

/** Nearest-rank percentiles of at least one sample. */
export function distributionOf(samples: Iterable<number>): Distribution {
  const sorted = Float64Array.from(samples).toSorted();
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), max: at(1), n: sorted.length };
}

/** The figure as it is printed: four significant digits are more than any of this is worth. */
export function benchResult(facts: Omit<BenchResult, "ok">): BenchResult {
  const { budget } = facts;
  const ok = isWithin(facts);
  const rounded = (value: number): number => Number(value.toPrecision(4));
  const { name, unit, n } = facts;
  const [p50, p99, max] = [rounded(facts.p50), rounded(facts.p99), rounded(facts.max)];
  return { name, unit, p50, p99, max, n, limit: rounded(facts.limit), ratio: rounded(facts.ratio), budget, ok };
}

function isWithin({ budget, ratio, p50, p99, max }: Omit<BenchResult, "ok">): boolean {
  if ("ratio" in budget) return ratio <= budget.ratio;
  if ("p50" in budget) return p50 <= budget.p50;
  if ("least" in budget) return p50 >= budget.least;
  return "p99" in budget ? p99 <= budget.p99 : max <= budget.max;
}
