/** What a process held at a moment of the day. */
export interface MemorySample {
  /** Of the day that was over. */
  readonly share: number;
  readonly rssBytes: number;
  /** After a collection. */
  readonly heapBytes: number;
}

/** The last quarter of the day beside the second: above 1 it has grown. Null where too little was measured to say. */
export interface Growth {
  readonly rss: number | null;
  readonly heap: number | null;
}

/** Growth beyond this is a leak: caches are full and code is compiled well before the second quarter. */
export const mostGrowth = 1.15;
/** A quarter with fewer samples says nothing. */
const leastSamples = 5;

export function growthOf(samples: readonly MemorySample[]): Growth {
  return { rss: ratioOf(samples, "rssBytes"), heap: ratioOf(samples, "heapBytes") };
}

export function isFlat({ rss, heap }: Growth): boolean {
  return rss !== null && heap !== null && rss <= mostGrowth && heap <= mostGrowth;
}

function ratioOf(samples: readonly MemorySample[], of: "rssBytes" | "heapBytes"): number | null {
  const quarter = (from: number) =>
    samples.filter(({ share }) => share >= from && share < from + 0.25).map((sample) => sample[of]);
  const [second, last] = [quarter(0.25), quarter(0.75)];
  if (Math.min(second.length, last.length) < leastSamples) return null;
  return Number((median(last) / median(second)).toFixed(3));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new Error("a median of something");
  return (low + high) / 2;
}
