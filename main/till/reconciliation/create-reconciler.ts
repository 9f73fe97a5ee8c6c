import type { Locale } from "#contract/config/terminal.ts";
import { beijingDay } from "#core/reconciliation/beijing-day.ts";
import { billReadyMs, dayAfter, dueDays, latestBillDay } from "#core/reconciliation/bill-day.ts";
import type { Result } from "#core/result.ts";
import type { BillRoom, CompareFault } from "#main/till/ports/bill-room.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { ReconciliationStore } from "#main/till/ports/reconciliation-store.ts";
import { runDay, type Step } from "./run-day.ts";

/** The till opens first; a bill that waited a night waits these seconds. */
const startDelayMs = 20_000;
/** A machine that slept wakes up to timers of yesterday: looked at least this often. */
const longestSleepMs = 600_000;
/** After a payment or refund has ended: others of the same day may follow at once. */
const touchedDelayMs = 1_000;
/** Between two pieces of tidying up, so that nobody waits for it. */
const sweepEveryMs = 100;
/**
 * Kept bills and the rows that agree: half a year, twice what the gateway keeps. What did not agree, and what was done
 * about it, stays.
 */
const keptDays = 180;

export interface ReconcilerParts {
  readonly store: ReconciliationStore;
  readonly room: BillRoom;
  readonly clock: Clock;
  readonly onChange: (what: "days" | "progress") => void;
  readonly log: (what: string, facts: Record<string, unknown>) => void;
}

export interface Reconciler {
  /** From now on days are compared when their bills can be had: missed ones too, oldest first. */
  start(): void;
  /** A day now, before all others, from the gateway. */
  ask(day: string): void;
  /** Ends what is under way; the day is tried again later. */
  cancel(): void;
  /** A payment or a refund of it has moved on: days with findings about it are compared again, with the bill that is kept. */
  touched(outTradeNo: string): void;
  exportDay(day: string, target: string, locale: Locale): Promise<Result<{ readonly rowCount: number }, CompareFault>>;
  running(): (Step & { readonly day: string }) | null;
  stop(): void;
}

type From = "gateway" | "kept";

/** Fetches and compares one day at a time, in the background, and is never in anybody's way. */
export function createReconciler(parts: ReconcilerParts): Reconciler {
  const { store, room, clock, onChange, log } = parts;
  /** Asked for by somebody, in that order; before what is due by the calendar. */
  const asked = new Map<string, From>();
  let running: (Step & { readonly day: string; readonly abort: AbortController }) | null = null;
  let isStarted = false;
  let isStopped = false;
  let cancelWake = (): void => {};
  let cancelSweep = (): void => {};

  /** Quietly: a store that refuses is heard of in the log, and tried again at the next wake. */
  function work(): void {
    if (!isStarted || isStopped || running !== null) return;
    const next = safely(nextDay, null);
    if (next === null) return sleep();
    asked.delete(next.day);
    const abort = new AbortController();
    running = { day: next.day, step: "fetching", share: null, abort };
    onChange("progress");
    const watch = {
      signal: abort.signal,
      onStep(step: Step) {
        running = { ...step, day: next.day, abort };
        onChange("progress");
      },
    };
    const left = safely(() => store.awaitedAfter(next.day).join(), "");
    runDay({ store, room, clock }, next.day, next.from, watch)
      .then(() => {
        // What this day leaves to the next bill has changed: that day, if it was compared, is compared again.
        const after = dayAfter(next.day, 1);
        if (store.awaitedAfter(next.day).join() !== left && store.reconciledDay(after)?.compared) request(after);
      })
      .catch((cause: unknown) => log("day not compared", { day: next.day, cause }))
      .finally(() => {
        running = null;
        onChange("days");
        sweepSoon();
        // Also after a store that refused: the next look is at the next wake, not at once.
        if (asked.size > 0) work();
        else sleep(sweepEveryMs);
      });
  }

  function request(day: string): void {
    if (!asked.has(day)) asked.set(day, "kept");
  }

  function nextDay(): { readonly day: string; readonly from: From } | null {
    const [first] = asked;
    if (first !== undefined) return { day: first[0], from: first[1] };
    const [due] = calendarDays();
    return due === undefined ? null : { day: due, from: "gateway" };
  }

  /** Days the calendar asks for that are not waiting for their next try, oldest first. */
  function calendarDays(): readonly string[] {
    const nowMs = clock.now();
    const firstMs = store.firstPaymentAtMs();
    if (firstMs === null) return [];
    const known = new Map(store.reconciledDays().map((day) => [day.day, day]));
    const rests = (day: string): boolean => {
      const { trouble = null, compared = null } = known.get(day) ?? {};
      return trouble === null ? compared !== null : trouble.nextTryAtMs > nowMs;
    };
    return dueDays(beijingDay(firstMs), rests, nowMs);
  }

  function sleep(atLeastMs = 0): void {
    cancelWake();
    if (isStopped) return;
    const nowMs = clock.now();
    const tries = safely(() => store.reconciledDays(), []).flatMap(({ trouble }) => trouble?.nextTryAtMs ?? []);
    const nextMs = Math.min(...tries.filter((atMs) => atMs > nowMs), billReadyMs(dayAfter(latestBillDay(nowMs), 1)));
    const isDue = safely(calendarDays, []).length > 0;
    const waitMs = isDue ? 0 : Math.min(nextMs - nowMs, longestSleepMs);
    cancelWake = clock.after(Math.max(waitMs, atLeastMs), work);
  }

  function sweepSoon(): void {
    cancelSweep();
    cancelSweep = clock.after(sweepEveryMs, () => {
      if (!isStopped && safely(() => store.sweepFindings(dayAfter(beijingDay(clock.now()), -keptDays)), false))
        sweepSoon();
    });
  }

  function safely<T>(read: () => T, otherwise: T): T {
    try {
      return read();
    } catch (cause) {
      log("reconciliation cannot use the store", { cause });
      return otherwise;
    }
  }

  return {
    start() {
      if (isStarted) return;
      isStarted = true;
      safely(() => room.tidy(dayAfter(beijingDay(clock.now()), -keptDays)), undefined);
      cancelWake = clock.after(startDelayMs, work);
    },
    ask(day) {
      asked.delete(day);
      const others = [...asked];
      asked.clear();
      for (const [other, from] of [[day, "gateway"] as const, ...others]) asked.set(other, from);
      work();
    },
    cancel: () => running?.abort.abort(),
    touched(outTradeNo) {
      const days = safely(() => store.daysAbout(outTradeNo), []);
      if (days.length === 0 || isStopped) return;
      for (const day of days) request(day);
      clock.after(touchedDelayMs, work);
    },
    exportDay: (day, target, locale) => room.export(day, target, locale),
    running: () => running,
    stop() {
      isStopped = true;
      cancelWake();
      cancelSweep();
      running?.abort.abort();
    },
  };
}
