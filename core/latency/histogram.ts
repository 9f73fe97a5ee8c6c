/** Below this many microseconds each has a bucket of its own; a power of two. */
const exactBelow = 64;
/** Buckets of each doubling above it. */
const perDoubling = 32;
/** Doublings from 64 µs up to the largest time that is told apart, 2³¹ µs: more than half an hour. */
const doublings = 25;
/** The largest time a bucket holds, microseconds; whatever took longer counts as this long. */
const mostMicros = 0x7fff_ffff;

/** A day's times of one kind. Everything in microseconds. */
export interface Histogram {
  /** Counts one time. Whole microseconds; below 0 (a clock was set back meanwhile) it is no time and not counted. */
  record(micros: number): void;
  count(): number;
  /** The longest, exactly; 0 where nothing was counted. */
  worst(): number;
  /**
   * The time that so many of a thousand were not longer than (nearest rank), within 1.6 %; 0 where nothing was counted.
   * `permille` is 1…1000.
   */
  quantile(permille: number): number;
  clear(): void;
}

/**
 * Times in buckets that grow with the time: 3.5 KB whatever is counted, and to count one is a few instructions that
 * allocate nothing. A bucket is 1/32 of its doubling wide and is read at its middle, so no time is told more than 1/64 off.
 */
export function createHistogram(): Histogram {
  const buckets = new Uint32Array(exactBelow + doublings * perDoubling);
  let counted = 0;
  let longest = 0;

  return {
    record(micros) {
      if (micros < 0) return;
      const bucket = bucketOf(micros);
      // An index made by `bucketOf` is always inside.
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
      counted += 1;
      if (micros > longest) longest = micros;
    },
    count: () => counted,
    worst: () => longest,
    quantile(permille) {
      const wanted = counted * permille;
      let below = 0;
      for (let bucket = 0; bucket < buckets.length; bucket += 1) {
        below += buckets[bucket] ?? 0;
        if (below > 0 && below * 1_000 >= wanted) return Math.min(middleOf(bucket), longest);
      }
      return 0;
    },
    clear() {
      buckets.fill(0);
      counted = 0;
      longest = 0;
    },
  };
}

function bucketOf(micros: number): number {
  const whole = Math.min(micros, mostMicros);
  if (whole < exactBelow) return whole;
  const doubling = 31 - Math.clz32(whole);
  // The five bits below the highest one say where in its doubling it lies.
  return exactBelow + (doubling - 6) * perDoubling + ((whole >>> (doubling - 5)) - perDoubling);
}

function middleOf(bucket: number): number {
  if (bucket < exactBelow) return bucket;
  const above = bucket - exactBelow;
  const shift = (above >>> 5) + 1;
  return ((perDoubling + (above & (perDoubling - 1))) << shift) + (1 << (shift - 1));
}
