import type { Locale } from "#contract/config/terminal.ts";
import { beijingDay } from "#core/reconciliation/beijing-day.ts";
import { dayAfter } from "#core/reconciliation/bill-day.ts";
import type { Result } from "#core/result.ts";
import type { BillRoom, CompareFault } from "#main/till/ports/bill-room.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { ReconciliationStore } from "#main/till/ports/reconciliation-store.ts";
import { type Agenda, createAgenda, type Turn } from "./agenda.ts";
import { runDay, type Step } from "./run-day.ts";

/** The till opens first; a bill that waited a night waits these seconds. */
const startDelayMs = 20_000;
/** After a payment or refund has ended: others of the same day may follow at once. */
const touchedDelayMs = 1_000;
/** Between two days, and between two pieces of tidying up, so that nobody waits for them. */
const breathMs = 100;
/** A store that refuses is left alone for a while. */
const refusedMs = 60_000;
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

/** Fetches and compares one day at a time, in the background, and is never in anybody's way. */
export class Reconciler {
  readonly #parts: ReconcilerParts;
  readonly #agenda: Agenda;
  #running: (Step & { readonly day: string; readonly abort: AbortController }) | null = null;
  #isStarted = false;
  #isStopped = false;
  #cancelWake = (): void => {};
  #cancelSweep = (): void => {};

  constructor(parts: ReconcilerParts) {
    this.#parts = parts;
    this.#agenda = createAgenda(parts.store, parts.clock);
  }

  /** From now on days are compared when their bills can be had: missed ones too, oldest first. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#safely(() => this.#parts.room.tidy(this.#oldestKept()), undefined);
    this.#wakeIn(startDelayMs);
  }

  /** A day now, before all others, from the gateway. */
  ask(day: string): void {
    this.#agenda.askFirst(day);
    this.#work();
  }

  /** Ends what is under way; the day is tried again later. */
  cancel(): void {
    this.#running?.abort.abort();
  }

  /** A payment or a refund of it has moved on: days with findings about it are compared again, with the bill that is kept. */
  touched(outTradeNo: string): void {
    const days = this.#safely(() => this.#parts.store.daysAbout(outTradeNo), []);
    for (const day of days) this.#agenda.askAgain(day);
    if (days.length > 0 && this.#running === null) this.#wakeIn(touchedDelayMs);
  }

  exportDay(day: string, target: string, locale: Locale): Promise<Result<{ readonly rowCount: number }, CompareFault>> {
    return this.#parts.room.export(day, target, locale);
  }

  get running(): (Step & { readonly day: string }) | null {
    return this.#running;
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelWake();
    this.#cancelSweep();
    this.#running?.abort.abort();
  }

  #work(): void {
    if (!this.#isStarted || this.#isStopped || this.#running !== null) return;
    const turn = this.#safely(() => this.#agenda.take(), null);
    if (turn === null) return this.#rest();
    const { day } = turn;
    const abort = new AbortController();
    const follow = (step: Step): void => {
      this.#running = { ...step, day, abort };
      this.#parts.onChange("progress");
    };
    follow({ step: "fetching", share: null });
    void this.#run(turn, { signal: abort.signal, onStep: follow }).finally(() => {
      this.#running = null;
      this.#parts.onChange("days");
      this.#sweepSoon();
      this.#rest();
    });
  }

  async #run({ day, from }: Turn, watch: Parameters<typeof runDay>[3]): Promise<void> {
    const { store, log } = this.#parts;
    try {
      const left = store.awaitedAfter(day).join();
      await runDay(this.#parts, day, from, watch);
      // What this day leaves to the next bill has changed: that day, if it was compared, is compared again.
      const after = dayAfter(day, 1);
      const hasChanged = store.awaitedAfter(day).join() !== left;
      if (hasChanged && store.reconciledDay(after)?.compared) this.#agenda.askAgain(after);
    } catch (cause) {
      log("day not compared", { day, cause });
    }
  }

  #rest(): void {
    this.#wakeIn(
      Math.max(
        this.#safely(() => this.#agenda.restMs(), refusedMs),
        breathMs,
      ),
    );
  }

  #wakeIn(ms: number): void {
    this.#cancelWake();
    if (!this.#isStopped) this.#cancelWake = this.#parts.clock.after(ms, () => this.#work());
  }

  /** Rows nobody reads any more go in pieces of a few milliseconds. */
  #sweepSoon(): void {
    this.#cancelSweep();
    if (this.#isStopped) return;
    this.#cancelSweep = this.#parts.clock.after(breathMs, () => {
      if (this.#safely(() => this.#parts.store.sweepFindings(this.#oldestKept()), false)) this.#sweepSoon();
    });
  }

  #oldestKept(): string {
    return dayAfter(beijingDay(this.#parts.clock.now()), -keptDays);
  }

  /** A disk or a store that refuses is heard of in the log, and tried again at the next wake. */
  #safely<T>(work: () => T, otherwise: T): T {
    try {
      return work();
    } catch (cause) {
      this.#parts.log("reconciliation cannot go on", { cause });
      return otherwise;
    }
  }
}
