import type { Mark } from "#core/sync/upload.ts";
import type { TerminalPlace } from "#headoffice/terminals/terminal.ts";
import { findCommonPast } from "#main/sync/find-common-past.ts";
import type { RelayClient } from "#main/sync/relay-client.ts";
import { createJournalSender } from "#main/sync/send-journal.ts";
import { createRelaySender } from "#main/sync/send-to-relay.ts";
import type { Outbox, RelayOutbox } from "#main/till/ports/outbox.ts";
import type { Random } from "#tests/support/random.ts";
import type { Line } from "./line.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** A till's uploading while its power is on: the product's decisions over the model's disk and line. */
export interface ModelUploader {
  /** Something may wait. */
  wake(): void;
  /** The power goes: nothing that was under way is heard any more. */
  stop(): void;
}

export interface UploaderDeps {
  readonly place: TerminalPlace;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly line: Line;
  readonly outbox: Outbox & RelayOutbox;
  readonly onAcked: (to: Mark) => void;
  /** Of a shop that has one. */
  readonly relay: ShopRelay | null;
}

export interface ShopRelay {
  readonly client: (outbox: Pick<RelayOutbox, "useRelay">) => RelayClient;
  /** The till's word for a hash (hex). */
  readonly sign: (hash: string) => Uint8Array;
  readonly onKept: (to: Mark) => void;
}

/** As the till's timetable has it: what comes with an entry is waited for. Milliseconds. */
const beforeRelayMs = 250;
/** A question that finds another under way is asked after it. Milliseconds. */
const afterTurnMs = 20;
/** Between two tries to learn what head office holds. */
const askAgainMs = 2_000;

/** Compares its past with head office's at once, as a till does at its start, then sends. */
export function createUploader(deps: UploaderDeps): ModelUploader {
  const { place, time, random, line, outbox, onAcked, relay } = deps;
  let isStopped = false;
  let isBusy = true;
  let told: Parameters<typeof findCommonPast>[1] = null;
  let isPastKnown = false;

  // A machine without power writes nothing: the disk may be another machine's by now.
  const alive: Outbox & RelayOutbox = {
    ...outbox,
    openEpoch: whileOn(outbox.openEpoch),
    keepLost: whileOn(outbox.keepLost),
    advance: whileOn((to) => {
      outbox.advance(to);
      onAcked(to);
    }),
    useRelay: whileOn(outbox.useRelay),
    keptAtRelay: whileOn((to) => {
      outbox.keptAtRelay(to);
      relay?.onKept(to);
    }),
  };
  const client = line.client(place);
  const sender = createJournalSender(client, alive, random);
  const relaySender =
    relay === null
      ? null
      : createRelaySender({ client: relay.client(alive), outbox: alive, random, sign: (hash) => relay.sign(hash) });
  let isInTurn = false;
  let isOffline = false;
  let isRelayPlanned = false;

  function whileOn<A extends readonly unknown[]>(act: (...args: A) => void): (...args: A) => void {
    return (...args) => {
      if (!isStopped) act(...args);
    };
  }

  /** One question to head office; milliseconds until the next, or null until something is written. */
  async function turn(): Promise<number | null> {
    if (!isPastKnown) {
      const outcome = await findCommonPast({ client, outbox: alive, owner: place, now: time.now }, told);
      // What positions do not show is asked again by sending; a revoked till is told none.
      isPastKnown = outcome.ok || outcome.fault.kind !== "no-answer";
      isOffline = !isPastKnown;
      if (isPastKnown) told = null;
      return isPastKnown ? 1 : askAgainMs;
    }
    const sent = await sender.once(true);
    if (sent === null) return null;
    isOffline = sent.state.reach === "offline";
    if (sent.differs !== null) [isPastKnown, told] = [false, sent.differs];
    return sent.waitMs + 1;
  }

  async function run(): Promise<void> {
    if (isStopped) return;
    if (isInTurn) return void time.after(afterTurnMs, start);
    isInTurn = true;
    const waitMs = await turn();
    isInTurn = false;
    if (isStopped) return;
    planRelay();
    isBusy = waitMs !== null;
    if (waitMs !== null) time.after(waitMs, start);
    else wake();
  }

  /** What neither head office nor the relay has goes to the relay while head office is out of reach. */
  async function runRelay(): Promise<void> {
    if (isStopped || relaySender === null) return;
    if (isInTurn) return void time.after(afterTurnMs, startRelay);
    isInTurn = true;
    const sent = isOffline ? await relaySender.once() : null;
    isInTurn = false;
    if (sent === null) isRelayPlanned = false;
    else time.after(sent.waitMs + 1, startRelay);
  }

  function startRelay(): void {
    runRelay().catch((cause: unknown) => time.fail(cause));
  }

  function planRelay(): void {
    if (relaySender === null || isRelayPlanned || !isOffline) return;
    isRelayPlanned = true;
    time.after(beforeRelayMs, startRelay);
  }

  /** Time goes on while head office is asked; what is thrown ends the day with a broken promise. */
  function start(): void {
    run().catch((cause: unknown) => time.fail(cause));
  }

  function wake(): void {
    planRelay();
    if (isStopped || isBusy || outbox.nextBatch(1, true) === null) return;
    isBusy = true;
    time.after(1, start);
  }

  time.after(1, start);
  return { wake, stop: () => void (isStopped = true) };
}
