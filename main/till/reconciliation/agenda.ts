import { beijingDay } from "#core/reconciliation/beijing-day.ts";
import { billReadyMs, dayAfter, dueDays, latestBillDay } from "#core/reconciliation/bill-day.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { ReconciliationStore } from "#main/till/ports/reconciliation-store.ts";

/** A machine that slept wakes up to timers of yesterday: looked at least this often. */
const longestSleepMs = 600_000;

export interface Turn {
  readonly day: string;
  /** `kept`: with the bill that was had before, where it is still there. */
  readonly from: "gateway" | "kept";
}

/** Which day is next: what somebody asked for, then what the calendar asks for, oldest first. */
export interface Agenda {
  /** Before all others, from the gateway. */
  askFirst(day: string): void;
  /** Behind the others, with the bill that is kept. */
  askAgain(day: string): void;
  /** Takes the next turn, or null when nothing is due now. */
  take(): Turn | null;
  /** How long nothing can be due. */
  restMs(): number;
}

/** Throws what the store throws. */
export function createAgenda(
  store: Pick<ReconciliationStore, "firstPaymentAtMs" | "reconciledDays">,
  clock: Clock,
): Agenda {
  let asked: readonly Turn[] = [];

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

  return {
    askFirst(day) {
      asked = [{ day, from: "gateway" }, ...asked.filter((turn) => turn.day !== day)];
    },
    askAgain(day) {
      if (!asked.some((turn) => turn.day === day)) asked = [...asked, { day, from: "kept" }];
    },
    take() {
      const [first, ...others] = asked;
      if (first !== undefined) {
        asked = others;
        return first;
      }
      const [due] = calendarDays();
      return due === undefined ? null : { day: due, from: "gateway" };
    },
    restMs() {
      if (asked.length > 0 || calendarDays().length > 0) return 0;
      const nowMs = clock.now();
      const tries = store.reconciledDays().flatMap(({ trouble }) => trouble?.nextTryAtMs ?? []);
      const nextBillMs = billReadyMs(dayAfter(latestBillDay(nowMs), 1));
      const nextMs = Math.min(...tries.filter((atMs) => atMs > nowMs), nextBillMs);
      return Math.min(nextMs - nowMs, longestSleepMs);
    },
  };
}
