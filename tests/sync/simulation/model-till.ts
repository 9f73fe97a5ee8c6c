import type { TerminalPlace } from "#headoffice/terminals/terminal.ts";
import { findCommonPast } from "#main/sync/find-common-past.ts";
import { createJournalSender } from "#main/sync/send-journal.ts";
import type { Outbox } from "#main/till/ports/outbox.ts";
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
  readonly outbox: Outbox;
  readonly onAcked: (to: { readonly epoch: string; readonly seq: number }) => void;
}

/** Between two tries to learn what head office holds. */
const askAgainMs = 2_000;

/** Compares its past with head office's at once, as a till does at its start, then sends. */
export function createUploader({ place, time, random, line, outbox, onAcked }: UploaderDeps): ModelUploader {
  let isStopped = false;
  let isBusy = true;
  let told: Parameters<typeof findCommonPast>[1] = null;
  let isPastKnown = false;

  // A machine without power writes nothing: the disk may be another machine's by now.
  const alive: Outbox = {
    ...outbox,
    openEpoch: whileOn(outbox.openEpoch),
    keepLost: whileOn(outbox.keepLost),
    advance: whileOn((to) => {
      outbox.advance(to);
      onAcked(to);
    }),
  };
  const client = line.client(place);
  const sender = createJournalSender(client, alive, random);

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
      if (isPastKnown) told = null;
      return isPastKnown ? 1 : askAgainMs;
    }
    const sent = await sender.once(true);
    if (sent === null) return null;
    if (sent.differs !== null) [isPastKnown, told] = [false, sent.differs];
    return sent.waitMs + 1;
  }

  async function run(): Promise<void> {
    if (isStopped) return;
    const waitMs = await turn();
    if (isStopped) return;
    isBusy = waitMs !== null;
    if (waitMs !== null) time.after(waitMs, start);
    else wake();
  }

  /** Time goes on while head office is asked; what is thrown ends the day with a broken promise. */
  function start(): void {
    run().catch((cause: unknown) => time.fail(cause));
  }

  function wake(): void {
    if (isStopped || isBusy || outbox.nextBatch(1, true) === null) return;
    isBusy = true;
    time.after(1, start);
  }

  time.after(1, start);
  return { wake, stop: () => void (isStopped = true) };
}
