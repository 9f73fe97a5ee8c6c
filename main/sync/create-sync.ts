import { sign } from "node:crypto";
import type { SyncFault } from "#contract/ipc/sync-intents.ts";
import type { AgreementDayView, SyncAlarm, SyncView } from "#contract/ipc/sync-view.ts";
import type { Ack } from "#contract/wire/journal.ts";
import { feedScopes, type FeedScope } from "#contract/wire/feed.ts";
import type { Cashier } from "#core/access/role.ts";
import { signedText } from "#core/journal/wire-entry.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { backOffMs } from "#core/sync/back-off.ts";
import type { EpochCause, Mark } from "#core/sync/upload.ts";
import type { DeviceKey } from "#main/secret/device-key.ts";
import type { CarriedWay } from "#main/till/ports/carried-way.ts";
import type { HeldPlaces } from "#main/till/ports/held-places.ts";
import type { SyncStore } from "#main/till/ports/outbox.ts";
import type { ShopRefunds } from "#main/till/ports/shop-refunds.ts";
import type { Sync } from "#main/till/ports/sync.ts";
import { agreementDays, compareDays, disagreedDates } from "./compare-days.ts";
import { enrolTill } from "./enrol.ts";
import { findCommonPast } from "./find-common-past.ts";
import { createCarried } from "./carried.ts";
import { createOfficeClient, type OfficeClient } from "./office-client.ts";
import { pullFeed } from "./pull-feed.ts";
import { createHeldPlaces } from "./held-places.ts";
import { createNearest, type Nearest } from "./nearest.ts";
import { createRelayClient, type RelayClient } from "./relay-client.ts";
import { createJournalSender, type JournalSender } from "./send-journal.ts";
import { createRelaySender, type RelaySender } from "./send-to-relay.ts";
import { createShopRefunds } from "./shop-refunds.ts";
import { createShopTills } from "./shop-tills.ts";
import type { OfficeAnswer } from "./signed-wire.ts";
import { stand, standAfter, type Standing } from "./standing.ts";
import type { SyncDeps } from "./sync-deps.ts";
import { Timetable } from "./timetable.ts";

export interface OpenSync extends Sync {
  start(): void;
  /** The journal has grown; returns at once. */
  noteJournal(): void;
  /** The till's word for an entry's hash (hex); null until it is enrolled. */
  sign(hash: string): Uint8Array | null;
  /** For questions beside the journal; whether the till is enrolled is asked at each. */
  readonly nearest: Nearest;
  /** Ends what is planned and waits for what is under way. */
  stop(): Promise<void>;
}

/** Clocks further apart than this are worth a word: head office takes no signature beyond. Milliseconds. */
const clockTroubleMs = 300_000;
/** Longest wait for head office's first word: a cashier who signs in barely notices, and one without a line sells on. */
const firstWordMs = 2_000;

/** A relay says who it is from its own disk; somebody waits at the counter. Milliseconds. */
const relayShownWithinMs = 3_000;

/**
 * Keeps this till and head office together, at its own pace and beside the selling: one request at a time, at most one
 * batch or page in a turn, everything decided by what is on the disk. It may be ended at any moment and goes on from there.
 */
export async function createSync(deps: SyncDeps): Promise<OpenSync> {
  const read = await deps.keys.read();
  if (!read.ok && read.fault !== "missing") deps.log.error("this till's key cannot be used", { why: read.fault });
  const engine = new SyncEngine(deps, read.ok ? read.value : null);
  await engine.openCarried();
  return engine;
}

class SyncEngine implements OpenSync {
  readonly nearest: Nearest;
  readonly refunds: ShopRefunds;
  private readonly shopTills: ReturnType<typeof createShopTills>;
  private phones: Awaited<ReturnType<typeof createCarried>> | null = null;
  readonly held: HeldPlaces;
  private readonly deps: SyncDeps;
  private readonly client: OfficeClient;
  private readonly sender: JournalSender;
  private readonly relaySender: RelaySender | null;
  private readonly timetable: Timetable;
  private key: DeviceKey | null;
  private office: ReturnType<SyncStore["office"]>;
  private alarm: SyncAlarm | null;
  private disagreed: readonly string[];
  private isPastKnown = false;
  /** Settled by the first comparison of pasts, whatever came of it. */
  private firstWord = Promise.withResolvers<void>();
  private hasFirstWord = false;
  private pastFailures = 0;
  private differs: { readonly cause: EpochCause; readonly at: Mark } | null = null;
  private standing: Standing;
  private lastView = "";

  constructor(deps: SyncDeps, key: DeviceKey | null) {
    const { url, terminal, outbox, store, clock, steadyMs, random, log, ask } = deps;
    this.deps = deps;
    this.key = key;
    this.office = store.office();
    this.alarm = store.alarm();
    this.disagreed = disagreedDates(store);
    this.standing = { reach: "offline", trouble: null, sinceMs: clock.now() };
    const keyid = `${terminal.storeCode}-${terminal.terminalId}`;
    const wire = {
      ...{ now: clock.now, ...(ask === undefined ? {} : { ask }) },
      credentials: () =>
        this.key === null || this.office === null
          ? null
          : { signer: { privateKey: this.key.privateKey, keyid }, officeKey: this.office.key },
    };
    this.client = createOfficeClient({ url, terminalKey: keyid, ...wire });
    const relay = this.relayClient(wire);
    this.nearest = createNearest(this.client, relay);
    this.refunds = createShopRefunds({
      ...{ terminal, nearest: this.nearest, store, key: () => (this.office === null ? null : this.key) },
    });
    this.shopTills = createShopTills({ terminal, client: this.client, store, steadyMs });
    const office = () => this.office;
    this.held = createHeldPlaces({
      ...{ nearest: this.nearest, isEnrolled: () => this.isEnrolled(), log },
      async keyOf(kind) {
        if (kind === "office") return office()?.key ?? null;
        const shown = await relay?.ready({ timeoutMs: relayShownWithinMs });
        return shown?.kind === "ok" ? shown.value.publicKey : null;
      },
    });
    this.relaySender = this.senderTo(relay);
    this.sender = createJournalSender(this.client, outbox, random);
    this.timetable = new Timetable({
      ...{ clock, steadyMs, random, log, isOpen: () => this.isEnrolled(), turn: () => this.turn() },
    });
  }

  get carried(): CarriedWay | null {
    return this.phones?.way ?? null;
  }

  async openCarried(): Promise<void> {
    const { carried, terminal, steadyMs, log } = this.deps;
    if (carried === undefined || carried === null) return;
    const keys = () =>
      this.key === null || this.office === null
        ? null
        : { privateKey: this.key.privateKey, publicKey: this.key.publicKey, officeKey: this.office.key };
    this.phones = await createCarried({ ...carried, terminal, client: this.client, keys, steadyMs, log });
  }

  start(): void {
    this.timetable.start();
  }

  noteJournal(): void {
    this.timetable.journalGrew();
    if (this.isRelayNeeded()) this.timetable.relaySoon();
  }

  stop(): Promise<void> {
    // First: a turn may be waiting for it.
    this.deps.catalog.stop();
    return this.timetable.stop();
  }

  shiftClosed(): void {
    this.timetable.compareSoon();
  }

  now(): void {
    this.sender.begin();
    this.timetable.everythingNow();
  }

  pastHeard(): Promise<void> | null {
    if (!this.isEnrolled() || this.hasFirstWord) return null;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.deps.clock.after(firstWordMs, resolve);
    void this.firstWord.promise.then(() => {
      cancel();
      resolve();
    });
    return promise;
  }

  sign(hash: string): Uint8Array | null {
    if (this.key === null || this.office === null) return null;
    return sign(null, Buffer.from(signedText(hash)), this.key.privateKey);
  }

  agreementDays(): readonly AgreementDayView[] {
    return agreementDays(this.deps.store);
  }

  acknowledgeAlarm(by: Cashier): boolean {
    if (this.alarm === null) return false;
    this.deps.store.noteAlarmSeen({ kind: "sync-alarm-seen", body: { ...this.alarm, by: by.id } });
    this.alarm = null;
    return true;
  }

  async enrol(code: string, by: Cashier): Promise<Result<{ readonly officeName: string }, SyncFault>> {
    // A till that head office refuses may be enrolled again; one that is well has no need to.
    if (this.isEnrolled() && this.standing.reach !== "stopped") return fail("already-enrolled");
    const enrolled = await enrolTill({ ...this.deps, client: this.client }, code, by);
    if (!enrolled.ok) return enrolled;
    this.key = enrolled.value.key;
    this.office = this.deps.store.office();
    this.sender.begin();
    [this.isPastKnown, this.differs] = [false, null];
    [this.firstWord, this.hasFirstWord] = [Promise.withResolvers<void>(), false];
    this.standing = stand(this.standing, "online", null, this.deps.clock.now());
    this.timetable.everythingNow();
    return ok({ officeName: enrolled.value.officeName });
  }

  view(): SyncView {
    const isEnrolled = this.isEnrolled();
    const { reach, trouble, sinceMs } = this.standing;
    const isClockOff = Math.abs(this.client.clockOffsetMs()) > clockTroubleMs;
    return {
      state: isEnrolled ? reach : "not-enrolled",
      sinceMs,
      waiting: this.deps.waiting(),
      lastAgreedAtMs: this.deps.store.lastAgreedAtMs(),
      withRelay: this.deps.relay?.outbox.atRelay() ?? null,
      disagreedDates: this.disagreed,
      trouble: isEnrolled ? (trouble ?? (isClockOff ? "wrong-clock" : null)) : null,
      alarm: this.alarm,
      officeName: this.office?.name ?? null,
      officeHost: this.deps.url.host,
      keyGuard: this.key?.guard ?? null,
    };
  }

  clockAheadMs(): number | null {
    const { reach, trouble } = this.standing;
    return reach === "online" || trouble === "wrong-clock" ? 0 - this.client.clockOffsetMs() : null;
  }

  private isEnrolled(): boolean {
    return this.key !== null && this.office !== null;
  }

  /** One question to head office, whichever is due; the timetable never begins one before the last has ended. */
  private async turn(): Promise<void> {
    const due = this.timetable.due(this.hasMoreToSend());
    if (due === "journal") await (this.isPastKnown ? this.sendOnce() : this.comparePast());
    else if (due === "relay") await this.sendToRelay();
    else if (due === "agreement") await this.compareDays();
    else if (due === "heads") await this.askHeads();
    else if (due !== null) await this.pull(due);
    if (this.standing.reach === "online") await this.shopTills.refresh();
    if (this.standing.reach === "online") await this.phones?.refresh();
    if (due !== "relay" && this.isRelayNeeded()) this.timetable.relaySoon();
    this.tell();
  }

  private relayClient(
    wire: Pick<Parameters<typeof createRelayClient>[0], "now" | "ask" | "credentials">,
  ): RelayClient | null {
    const { relay, terminal } = this.deps;
    if (relay === undefined || relay === null) return null;
    return createRelayClient({ url: relay.url, terminal, ...wire, onRelay: (key) => relay.outbox.useRelay(key) });
  }

  private senderTo(client: RelayClient | null): RelaySender | null {
    const { relay, random } = this.deps;
    if (client === null || relay === undefined || relay === null) return null;
    return createRelaySender({ client, outbox: relay.outbox, random, sign: (hash) => this.sign(hash) });
  }

  /** Head office first: what it refuses is not for a relay, only what does not reach it. */
  private isRelayNeeded(): boolean {
    return this.relaySender !== null && this.isEnrolled() && this.standing.reach === "offline";
  }

  private async sendToRelay(): Promise<void> {
    const sent = this.isRelayNeeded() ? await this.relaySender?.once() : null;
    if (sent === null || sent === undefined) return this.timetable.relayIn(Infinity);
    if (sent.answer.kind !== "ok") {
      const { answer } = sent;
      const facts =
        answer.kind === "refused" ? { fault: answer.fault.kind, detail: answer.fault.detail } : { ...answer };
      this.deps.log.warn("the shop's relay", facts);
    }
    this.timetable.relayIn(sent.waitMs);
  }

  private async comparePast(): Promise<void> {
    const { outbox, terminal, clock, random, store, log } = this.deps;
    const past = { client: this.client, outbox, owner: terminal, now: clock.now };
    const found = await findCommonPast(past, this.differs).finally(() => {
      this.hasFirstWord = true;
      this.firstWord.resolve();
    });
    if (!found.ok) {
      const { fault } = found;
      this.pastFailures += 1;
      this.note(fault);
      // A revoked till is told no positions; its sales go to quarantine all the same.
      this.isPastKnown = fault.kind === "refused" && fault.fault.kind === "revoked";
      const retryAfterMs = fault.kind === "refused" ? fault.retryAfterMs : null;
      this.timetable.journalIn(this.isPastKnown ? 0 : backOffMs(this.pastFailures, random(), retryAfterMs));
      return;
    }
    [this.isPastKnown, this.differs, this.pastFailures] = [true, null, 0];
    this.standing = stand(this.standing, "online", null, clock.now());
    if (found.value === "opened") {
      this.alarm = store.alarm();
      log.error("head office holds another past: a new epoch has begun", { ...this.alarm });
    }
    this.timetable.journalIn(0);
  }

  private async sendOnce(): Promise<void> {
    const sent = await this.sender.once(this.timetable.isQuarantineDue());
    if (sent === null) {
      this.timetable.journalSent();
      // Written since the outbox was looked at.
      if (this.hasMoreToSend()) this.timetable.journalIn(0);
      return;
    }
    this.note(sent.answer);
    const { reach, trouble } = sent.state;
    this.standing = stand(this.standing, reach === "untried" ? "offline" : reach, trouble, this.deps.clock.now());
    if (sent.answer.kind === "ok") {
      this.noteHeads(sent.answer.value);
      this.timetable.headsTold();
    }
    if (sent.differs !== null) [this.isPastKnown, this.differs] = [false, sent.differs];
    if (sent.isQuarantine && sent.waitMs > 0) this.timetable.quarantineIn(sent.waitMs);
    else this.timetable.journalIn(sent.waitMs);
  }

  /** What stands behind a fork does not count: days are compared without it, and will differ. */
  private hasMoreToSend(): boolean {
    return this.deps.outbox.nextBatch(1, false) !== null;
  }

  private async askHeads(): Promise<void> {
    await this.deps.catalog.settleDuePrices();
    const answer = await this.client.feedHeads();
    this.note(answer);
    if (answer.kind === "ok") this.noteHeads(answer.value);
    const isUnknown = answer.kind === "refused" && answer.fault.kind === "not-found";
    if (isUnknown) this.timetable.headsUnknown();
    else this.timetable.headsAsked(answer.kind === "ok", answer.kind === "refused" ? answer.retryAfterMs : null);
  }

  private noteHeads({ feedHead }: Pick<Ack, "feedHead">): void {
    const { catalog, store } = this.deps;
    const revs = { catalog: catalog.after(), people: store.feedRev("people"), settings: store.feedRev("settings") };
    for (const scope of feedScopes) if (feedHead[scope] > revs[scope]) this.timetable.feedNow(scope);
  }

  private async compareDays(): Promise<void> {
    const { store, clock } = this.deps;
    const answer = await compareDays(this.client, store, clock.now);
    this.note(answer);
    if (answer.kind === "ok") this.disagreed = disagreedDates(store);
    this.timetable.compared(answer.kind === "ok", answer.kind === "refused" ? answer.retryAfterMs : null);
  }

  private async pull(scope: FeedScope): Promise<void> {
    const { catalog, store, onChange } = this.deps;
    await catalog.settleDuePrices();
    const pulled = await pullFeed({ client: this.client, catalog, store }, scope);
    const { answer, hasMore, hasChanged, notKept } = pulled;
    this.note(answer);
    if (notKept !== undefined) this.deps.log.warn("a page of the catalogue was not kept", { why: notKept });
    const isDone = (answer.kind === "ok" && notKept === undefined) || hasMore;
    this.timetable.pulled(scope, isDone, hasMore, answer.kind === "refused" ? answer.retryAfterMs : null);
    if (hasChanged && scope !== "catalog") onChange(scope === "people" ? "people" : "shop");
  }

  private note(answer: OfficeAnswer<unknown>): void {
    this.standing = standAfter(this.standing, answer, this.deps.clock.now());
    if (answer.kind === "ok") return;
    const isBusy = answer.kind === "refused" && answer.fault.kind === "busy";
    if (isBusy && answer.retryAfterMs !== null) this.timetable.rest(answer.retryAfterMs);
    const facts = answer.kind === "refused" ? { fault: answer.fault.kind, detail: answer.fault.detail } : answer;
    this.deps.log.warn("head office", { ...facts });
  }

  /** Windows hear of it where it is another than they last heard of. */
  private tell(): void {
    const text = JSON.stringify(this.view());
    if (text === this.lastView) return;
    this.lastView = text;
    this.deps.onChange();
  }
}
