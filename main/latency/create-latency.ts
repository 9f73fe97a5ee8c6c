import type { DayTurns, TimedKind } from "#core/latency/day-timings.ts";
import { createDayTimings } from "#core/latency/day-timings.ts";
import type { Latency } from "#main/till/ports/latency.ts";

/** The till's times of today, and the ways in which its parts tell them. */
export interface LiveLatency extends Latency {
  /** So long something took; milliseconds with parts. */
  took(kind: TimedKind, ms: number): void;
  /** A request that nobody answered. */
  unanswered(kind: TimedKind): void;
}

/** Scans on their way to the screen that are remembered: more than a window that hangs has waiting. A power of two. */
const scansKept = 64;

export interface LatencyParts {
  /** The till's calendar, milliseconds since the epoch: the device host stamps a scan by the same one. */
  readonly now: () => number;
  readonly turns: () => DayTurns;
}

/** Kept in memory alone: after a restart the day's times begin anew, which their page says. */
export function createLatency({ now, turns }: LatencyParts): LiveLatency {
  const timings = createDayTimings(now(), turns);
  const counts = new Float64Array(scansKept);
  const arrivals = new Float64Array(scansKept);

  const took = (kind: TimedKind, ms: number): void => timings.record(kind, Math.round(ms * 1_000), now());

  return {
    took,
    unanswered: (kind) => timings.recordUnanswered(kind, now()),
    scanAnswered(scanCount, arrivedAtMs) {
      const place = scanCount & (scansKept - 1);
      counts[place] = scanCount;
      arrivals[place] = arrivedAtMs;
      // What the scan has changed leaves for the window in a turn that is planned already; this one is behind it.
      queueMicrotask(() => took("scan-answered", now() - arrivedAtMs));
    },
    scanPainted(from, through) {
      for (let count = Math.max(from, through - scansKept + 1); count <= through; count += 1) {
        const place = count & (scansKept - 1);
        // One that was typed, or whose place another has taken, is not timed.
        if (counts[place] !== count) continue;
        counts[place] = 0;
        took("scan-painted", now() - (arrivals[place] ?? 0));
      }
    },
    read: () => timings.read(now()),
  };
}
