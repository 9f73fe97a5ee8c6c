import { afterAnswer, beginUpload, type UploadState } from "#core/sync/upload.ts";
import type { TerminalPlace } from "#headoffice/terminals/terminal.ts";
import { findCommonPast } from "#main/sync/find-common-past.ts";
import type { Outbox, OutboxBatch } from "#main/till/ports/outbox.ts";
import type { Random } from "#tests/support/random.ts";
import type { Heard, Line } from "./line.ts";
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
  readonly onAcked: (to: { readonly epoch: string; readonly seq: number }, isQuarantine: boolean) => void;
}

type Told = Parameters<typeof findCommonPast>[1];

/** Between two tries to learn what head office holds. */
const askAgainMs = 2_000;

/** Compares its past with head office's at once, as a till does at its start, then sends. */
export function createUploader({ place, time, random, line, outbox, onAcked }: UploaderDeps): ModelUploader {
  let state: UploadState = beginUpload();
  let isStopped = false;
  let isBusy = true;

  async function compare(told: Told): Promise<void> {
    const client = line.past(place);
    // A machine without power hears nothing: its outbox is its disk's, which may be another machine's by now.
    const alive: Outbox = { ...outbox, openEpoch: whileOn(outbox.openEpoch), advance: whileOn(outbox.advance) };
    const outcome = await findCommonPast({ client, outbox: alive, owner: place, now: time.now }, told);
    if (isStopped) return;
    if (outcome.ok || outcome.fault.kind === "not-understood") return next(1);
    time.after(askAgainMs, () => void (isStopped ? undefined : compare(told)));
  }

  function whileOn<A extends readonly unknown[]>(act: (...args: A) => void): (...args: A) => void {
    return (...args) => {
      if (!isStopped) act(...args);
    };
  }

  function wake(): void {
    if (isStopped || isBusy) return;
    const batch = outbox.nextBatch(state.batchSize);
    if (batch === null) return;
    isBusy = true;
    const sent = state.isRevoked ? { ...batch, isQuarantine: true } : batch;
    line.upload(place, sent, (answer) => {
      if (!isStopped) hear(sent, answer);
    });
  }

  function next(ms: number): void {
    time.after(ms, () => {
      if (isStopped) return;
      isBusy = false;
      wake();
    });
  }

  function hear({ epoch, entries, isQuarantine }: OutboxBatch, heard: Heard): void {
    const [first, last] = [entries[0], entries.at(-1)];
    if (first === undefined || last === undefined) throw new Error("a batch has entries");
    const answer =
      heard.kind === "acked" ? { ...heard, ownHash: outbox.hashAt(heard.acked.epoch, heard.acked.seq) } : heard;
    const sent = { epoch, fromSeq: first.seq, throughSeq: last.seq, isQuarantine };
    const decision = afterAnswer(state, sent, answer, random());
    state = decision.state;
    const { step } = decision;
    switch (step.kind) {
      case "advance":
        onAcked(step.to, isQuarantine);
        outbox.advance(step.to);
        return next(1);
      case "rewind":
        outbox.advance(step.to);
        return next(step.waitMs);
      case "wait":
        return next(step.waitMs);
      case "new-epoch":
        return void time.after(1, () => (isStopped ? undefined : void compare(step)));
    }
  }

  time.after(1, () => void compare(null));
  return { wake, stop: () => void (isStopped = true) };
}
