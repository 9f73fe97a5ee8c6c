import { feedScopes, type FeedScope } from "#contract/wire/feed.ts";
import { backOffMs, mostRetryAfterMs } from "#core/sync/back-off.ts";
import type { Log } from "#main/log/open-log.ts";
import type { Clock } from "#main/till/ports/clock.ts";

/** An entry waits this long for the ones that come with it: a sale is a few entries, and the cashier goes first. */
const afterEntryMs = 250;
/** News of the feeds is asked for as often where nothing is uploaded; an upload's answer tells of it at once. */
const betweenHeadsMs = 60_000;
/** However much is uploaded, so that an upload's answer is not the only witness. */
const longestWithoutHeadsMs = 600_000;
/** A feed without news is asked for all the same, so that its count is compared; without `heads`, as often as those. */
const betweenFeedsMs = 3_600_000;
/** Days are compared at most this often while sales come in. */
const leastBetweenComparisonsMs = 15_000;
/** And this often without any. */
const betweenComparisonsMs = 3_600_000;
/** After an error of our own: logged, and tried again. */
const afterErrorMs = 60_000;

type Due = "journal" | "relay" | "agreement" | "heads" | FeedScope;

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
  private headsAtMs = Infinity;
  private headsAskedAtMs = -Infinity;
  /** Head office does not know the question. */
  private isWithoutHeads = false;
  private restUntilMs = -Infinity;
  private readonly failures = { agreement: 0, heads: 0, catalog: 0, people: 0, settings: 0 };
  private cancelTimer = (): void => {};
  private running: Promise<void> | null = null;
  private isStopped = true;

  constructor(deps: TimetableDeps) {
    this.deps = deps;
  }

  /** What to do in this turn; entries that wait come first, and days are compared when none do. */
  due(isWaiting: boolean): Due | null {
    const nowMs = this.deps.steadyMs();
    const isResting = nowMs < this.restUntilMs;
    if (this.journalAtMs <= nowMs && !isResting) return "journal";
    if (this.relayAtMs <= nowMs) return "relay";
    if (isResting) return null;
    if (this.agreementAtMs <= nowMs) {
      if (!isWaiting) return "agreement";
      // Compared when what waits has gone: sending asks for it.
      this.agreementAtMs = Infinity;
    }
    const feed = feedScopes.find((scope) => this.feedAtMs[scope] <= nowMs);
    return feed ?? (this.headsAtMs <= nowMs ? "heads" : null);
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
    // It may have been brought up to date.
    [this.isWithoutHeads, this.restUntilMs] = [false, -Infinity];
    // Every feed is asked for now.
    [this.headsAskedAtMs, this.headsAtMs] = [nowMs, nowMs + betweenHeadsMs];
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
    const pauseMs = this.isWithoutHeads ? betweenHeadsMs : betweenFeedsMs;
    this.feedAtMs[scope] = this.next(scope, isDone, hasMore ? 0 : pauseMs, retryAfterMs);
  }

  /** An upload's answer has told of the feeds: they need not be asked about for a while. */
  headsTold(): void {
    if (this.isWithoutHeads) return;
    const nowMs = this.deps.steadyMs();
    this.headsAtMs = Math.max(nowMs, Math.min(nowMs + betweenHeadsMs, this.headsAskedAtMs + longestWithoutHeadsMs));
  }

  headsAsked(isDone: boolean, retryAfterMs: number | null): void {
    this.headsAskedAtMs = this.deps.steadyMs();
    this.headsAtMs = this.next("heads", isDone, betweenHeadsMs, retryAfterMs);
  }

  /** Head office is older than the question: each feed is asked for by itself, until everything is begun again. */
  headsUnknown(): void {
    [this.isWithoutHeads, this.headsAtMs] = [true, Infinity];
    for (const scope of feedScopes) this.feedNow(scope);
  }

  /** Head office asked for patience: for everything, not only for what it was asked. Milliseconds. */
  rest(ms: number): void {
    this.restUntilMs = Math.max(this.restUntilMs, this.deps.steadyMs() + Math.min(ms, mostRetryAfterMs));
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
    const { journalAtMs, agreementAtMs, headsAtMs, restUntilMs } = this;
    const askAtMs = Math.min(journalAtMs, agreementAtMs, headsAtMs, ...Object.values(this.feedAtMs));
    const nextMs = Math.min(this.relayAtMs, Math.max(askAtMs, restUntilMs));
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
    this.headsAtMs = Math.max(this.headsAtMs, atMs);
    for (const scope of feedScopes) this.feedAtMs[scope] = Math.max(this.feedAtMs[scope], atMs);
  }
}
