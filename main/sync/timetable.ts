import { feedScopes, type FeedScope } from "#contract/wire/feed.ts";
import { backOffMs } from "#core/sync/back-off.ts";
import type { Log } from "#main/log/open-log.ts";
import type { Clock } from "#main/till/ports/clock.ts";

/** An entry waits this long for the ones that come with it: a sale is a few entries, and the cashier goes first. */
const afterEntryMs = 250;
/** Each feed is asked for as often where nothing is uploaded; an upload's answer tells of news at once. */
const betweenFeedsMs = 60_000;
/** Days are compared at most this often while sales come in. */
const leastBetweenComparisonsMs = 15_000;
/** And this often without any. */
const betweenComparisonsMs = 3_600_000;
/** After an error of our own: logged, and tried again. */
const afterErrorMs = 60_000;

type Due = "journal" | "relay" | "agreement" | FeedScope;

export interface TimetableDeps {
  readonly clock: Pick<Clock, "after">;
  /** Time that only goes on, whatever the machine's clock is set to; milliseconds. */
  readonly steadyMs: () => number;
  readonly random: () => number;
  /** While false nothing is due. */
  readonly isOpen: () => boolean;
  /** Asks head office one thing. */
  readonly turn: () => Promise<void>;
  readonly log: Log;
}

/** When head office is asked what. One timer, one turn at a time; a turn that is under way is never doubled. */
export class Timetable {
  private readonly deps: TimetableDeps;
  private journalAtMs = Infinity;
  private relayAtMs = Infinity;
  private quarantineAtMs = 0;
  private agreementAtMs = Infinity;
  private comparedAtMs = -Infinity;
  private readonly feedAtMs: Record<FeedScope, number> = { catalog: Infinity, people: Infinity, settings: Infinity };
  private readonly failures = { agreement: 0, catalog: 0, people: 0, settings: 0 };
  private cancelTimer = (): void => {};
  private running: Promise<void> | null = null;
  private isStopped = true;

  constructor(deps: TimetableDeps) {
    this.deps = deps;
  }

  /** What to do in this turn; entries that wait come first, and days are compared when none do. */
  due(isWaiting: boolean): Due | null {
    const nowMs = this.deps.steadyMs();
    if (this.journalAtMs <= nowMs) return "journal";
    if (this.relayAtMs <= nowMs) return "relay";
    if (this.agreementAtMs <= nowMs) {
      if (!isWaiting) return "agreement";
      // Compared when what waits has gone: sending asks for it.
      this.agreementAtMs = Infinity;
    }
    return feedScopes.find((scope) => this.feedAtMs[scope] <= nowMs) ?? null;
  }

  start(): void {
    this.isStopped = false;
    this.everythingNow();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.cancelTimer();
    await this.running;
  }

  everythingNow(): void {
    const nowMs = this.deps.steadyMs();
    [this.journalAtMs, this.agreementAtMs, this.quarantineAtMs] = [nowMs, nowMs, nowMs];
    if (this.relayAtMs !== Infinity) this.relayAtMs = nowMs;
    for (const scope of feedScopes) this.feedAtMs[scope] = nowMs;
    this.plan();
  }

  journalGrew(): void {
    // A pause after a failure is kept: a busy till must not hammer a head office that is away.
    if (this.journalAtMs !== Infinity) return;
    this.journalAtMs = this.deps.steadyMs() + afterEntryMs;
    this.plan();
  }

  journalIn(ms: number): void {
    this.journalAtMs = this.deps.steadyMs() + ms;
  }

  /** There may be something for the shop's relay; a pause after a failure is kept. */
  relaySoon(): void {
    if (this.relayAtMs !== Infinity) return;
    this.relayAtMs = this.deps.steadyMs() + afterEntryMs;
    this.plan();
  }

  /** Infinity: nothing is left for it. */
  relayIn(ms: number): void {
    this.relayAtMs = this.deps.steadyMs() + ms;
  }

  /** Nothing is left to send. */
  journalSent(): void {
    const nowMs = this.deps.steadyMs();
    this.journalAtMs = this.quarantineAtMs > nowMs ? this.quarantineAtMs : Infinity;
    const dueAtMs = Math.max(nowMs, this.comparedAtMs + leastBetweenComparisonsMs);
    this.agreementAtMs = Math.min(this.agreementAtMs, dueAtMs);
  }

  /** What stands behind a fork waits by itself; the rest of the journal goes on. */
  quarantineIn(ms: number): void {
    const nowMs = this.deps.steadyMs();
    this.quarantineAtMs = nowMs + ms;
    this.journalAtMs = nowMs;
  }

  isQuarantineDue(): boolean {
    return this.quarantineAtMs <= this.deps.steadyMs();
  }

  compareSoon(): void {
    this.comparedAtMs = -Infinity;
    if (this.journalAtMs === Infinity) this.journalAtMs = this.deps.steadyMs();
    this.plan();
  }

  compared(isDone: boolean, retryAfterMs: number | null): void {
    this.comparedAtMs = this.deps.steadyMs();
    this.agreementAtMs = this.next("agreement", isDone, betweenComparisonsMs, retryAfterMs);
  }

  feedNow(scope: FeedScope): void {
    this.feedAtMs[scope] = Math.min(this.feedAtMs[scope], this.deps.steadyMs());
  }

  pulled(scope: FeedScope, isDone: boolean, hasMore: boolean, retryAfterMs: number | null): void {
    this.feedAtMs[scope] = this.next(scope, isDone, hasMore ? 0 : betweenFeedsMs, retryAfterMs);
  }

  /** After a failure with the usual pauses, else after `ms`. */
  private next(of: keyof Timetable["failures"], isDone: boolean, ms: number, retryAfterMs: number | null): number {
    this.failures[of] = isDone ? 0 : this.failures[of] + 1;
    const { steadyMs, random } = this.deps;
    return steadyMs() + (isDone ? ms : backOffMs(this.failures[of] + 2, random(), retryAfterMs));
  }

  private plan(): void {
    this.cancelTimer();
    if (this.isStopped || this.running !== null || !this.deps.isOpen()) return;
    const nextMs = Math.min(this.journalAtMs, this.relayAtMs, this.agreementAtMs, ...Object.values(this.feedAtMs));
    if (nextMs === Infinity) return;
    const { clock, steadyMs } = this.deps;
    this.cancelTimer = clock.after(Math.max(0, nextMs - steadyMs()), () => this.run());
  }

  private run(): void {
    const { turn, isOpen } = this.deps;
    if (this.isStopped || this.running !== null || !isOpen()) return;
    this.running = turn()
      .catch((cause: unknown) => this.afterError(cause))
      .finally(() => {
        this.running = null;
        this.plan();
      });
  }

  private afterError(cause: unknown): void {
    const { steadyMs, log } = this.deps;
    log.error("synchronisation", { cause });
    const atMs = steadyMs() + afterErrorMs;
    this.journalAtMs = Math.max(this.journalAtMs, atMs);
    this.relayAtMs = Math.max(this.relayAtMs, atMs);
    this.agreementAtMs = Math.max(this.agreementAtMs, atMs);
    for (const scope of feedScopes) this.feedAtMs[scope] = Math.max(this.feedAtMs[scope], atMs);
  }
}
