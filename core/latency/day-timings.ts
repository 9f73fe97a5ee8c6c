import { createHistogram, type Histogram } from "./histogram.ts";

/** What is timed, in the order a sale meets it, with how long it may take at p99; milliseconds. */
export const timedKinds = {
  /** A scanner's last byte until the answer has left for the screen. */
  "scan-answered": { budgetMs: 20 },
  /** The same until it has been painted. */
  "scan-painted": { budgetMs: 33 },
  /** A sale's transaction, flushed to the disk. */
  commit: { budgetMs: 10 },
  /** A paper joining the queue until the printer has taken all of it. */
  print: { budgetMs: 3_000 },
  /** The gateway's requests, from the first byte to the whole answer. */
  "gateway-pay": { budgetMs: 2_000 },
  "gateway-qr": { budgetMs: 1_000 },
  "gateway-ask": { budgetMs: 1_000 },
  "gateway-undo": { budgetMs: 2_000 },
  "gateway-refund": { budgetMs: 2_000 },
} as const satisfies Readonly<Record<string, { readonly budgetMs: number }>>;

export type TimedKind = keyof typeof timedKinds;

/** One kind of a day. Microseconds. */
export interface TimingReading {
  readonly kind: TimedKind;
  readonly count: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  readonly worstMicros: number;
  /** Requests that nobody answered; they are in none of the times. */
  readonly unanswered: number;
  readonly budgetMs: number;
}

export interface DayReading {
  /** The day's times are those from here on; milliseconds since the epoch. */
  readonly sinceMs: number;
  readonly kinds: readonly TimingReading[];
}

/** The times of one business day, in memory: a till that starts again begins with none, and says since when it counts. */
export interface DayTimings {
  /** `nowMs`: the till's calendar, by which the day turns. */
  record(kind: TimedKind, micros: number, nowMs: number): void;
  /** A request that came to no answer. */
  recordUnanswered(kind: TimedKind, nowMs: number): void;
  read(nowMs: number): DayReading;
}

/** When a business day turns; read again at each turn. Minutes. */
export interface DayTurns {
  readonly utcOffsetMinutes: number;
  readonly dayCutOffMinutes: number;
}

const msPerMinute = 60_000;
const msPerDay = 86_400_000;

/** Counts from `openedMs`, when the till was opened, and anew from each cut-off on. A calendar that is set to another day begins anew too. */
export function createDayTimings(openedMs: number, turns: () => DayTurns): DayTimings {
  const times = new Map<TimedKind, Histogram>();
  const unanswered = new Map<TimedKind, number>();
  for (const kind of kinds) times.set(kind, createHistogram());
  let sinceMs = openedMs;
  let { fromMs, untilMs } = dayAround(openedMs, turns());

  function turnAt(nowMs: number): void {
    if (nowMs >= fromMs && nowMs < untilMs) return;
    for (const histogram of times.values()) histogram.clear();
    unanswered.clear();
    ({ fromMs, untilMs } = dayAround(nowMs, turns()));
    sinceMs = fromMs;
  }

  return {
    record(kind, micros, nowMs) {
      turnAt(nowMs);
      times.get(kind)?.record(micros);
    },
    recordUnanswered(kind, nowMs) {
      turnAt(nowMs);
      unanswered.set(kind, (unanswered.get(kind) ?? 0) + 1);
    },
    read(nowMs) {
      turnAt(nowMs);
      return { sinceMs, kinds: kinds.map((kind) => reading(kind, times.get(kind), unanswered.get(kind) ?? 0)) };
    },
  };
}

// The names of a constant object are its own keys.
const kinds = Object.keys(timedKinds) as readonly TimedKind[];

function reading(kind: TimedKind, histogram: Histogram | undefined, unanswered: number): TimingReading {
  return {
    kind,
    count: histogram?.count() ?? 0,
    p50Micros: histogram?.quantile(500) ?? 0,
    p99Micros: histogram?.quantile(990) ?? 0,
    worstMicros: histogram?.worst() ?? 0,
    unanswered,
    budgetMs: timedKinds[kind].budgetMs,
  };
}

function dayAround(nowMs: number, { utcOffsetMinutes, dayCutOffMinutes }: DayTurns) {
  const shiftMs = (utcOffsetMinutes - dayCutOffMinutes) * msPerMinute;
  const fromMs = nowMs - ((((nowMs + shiftMs) % msPerDay) + msPerDay) % msPerDay);
  return { fromMs, untilMs: fromMs + msPerDay };
}
