import { numbersUsed, noNumbers } from "#core/sync/numbers-used.ts";
import { afterAnswer, beginUpload, type EpochCause, type Mark, type UploadState } from "#core/sync/upload.ts";
import type { TerminalPlace } from "#headoffice/terminals/terminal.ts";
import type { Random } from "#tests/support/random.ts";
import type { Heard, Line } from "./line.ts";
import { advance, hashAt, type ModelBatch, type ModelDisk, nextBatch, openEpoch } from "./model-journal.ts";
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
  readonly disk: () => ModelDisk;
  /** A commit; durable when it returns. */
  readonly commit: (disk: ModelDisk) => void;
  readonly newEpoch: () => string;
  readonly onAcked: (to: Mark, isQuarantine: boolean) => void;
}

/** Between two tries to learn what head office holds. */
const askAgainMs = 2_000;

export function createUploader(deps: UploaderDeps): ModelUploader {
  const { place, time, random, line, disk, commit } = deps;
  let state: UploadState = beginUpload();
  let isStopped = false;
  let isBusy = false;

  function wake(): void {
    if (isStopped || isBusy) return;
    const batch = nextBatch(disk(), state.batchSize);
    if (batch === null) return;
    isBusy = true;
    const sent = state.isRevoked ? { ...batch, isQuarantine: true } : batch;
    line.upload(place, sent, (answer) => {
      if (!isStopped) hear(sent, answer);
    });
  }

  function wakeAfter(ms: number): void {
    time.after(ms, () => {
      if (isStopped) return;
      isBusy = false;
      wake();
    });
  }

  function hear(batch: ModelBatch, heard: Heard): void {
    const { epoch, entries, isQuarantine } = batch;
    const [first, last] = [entries[0], entries.at(-1)];
    if (first === undefined || last === undefined) throw new Error("a batch has entries");
    const answer =
      heard.kind === "acked" ? { ...heard, ownHash: hashAt(disk(), heard.acked.epoch, heard.acked.seq) } : heard;
    const sent = { epoch, fromSeq: first.seq, throughSeq: last.seq, isQuarantine };
    const decision = afterAnswer(state, sent, answer, random());
    state = decision.state;
    const { step } = decision;
    switch (step.kind) {
      case "advance":
        deps.onAcked(step.to, isQuarantine);
        commit(advance(disk(), step.to));
        return wakeAfter(1);
      case "rewind":
        commit(advance(disk(), step.to));
        return wakeAfter(step.waitMs);
      case "wait":
        return wakeAfter(step.waitMs);
      case "new-epoch": {
        const acked = disk().epochs.find((one) => one.epoch === step.at.epoch)?.acked ?? 0;
        return learn(step.cause, step.at.epoch, acked, acked, noNumbers);
      }
    }
  }

  /** Reads on in what head office holds of an epoch, to where both are the same, and what was given away after it. */
  function learn(cause: EpochCause, epoch: string, common: number, after: number, used: typeof noNumbers): void {
    line.stored(place, epoch, after, (entries) => {
      if (isStopped) return;
      if (entries === null) return void time.after(askAgainMs, () => !isStopped && learn(cause, epoch, common, after, used));
      const last = entries.at(-1);
      if (last === undefined) return leave(cause, epoch, { common, heldThrough: after }, used.saleNumber + 1);
      const other = entries.find(({ seq, hash }) => seq === common + 1 + (seq - common - 1) && hashAt(disk(), epoch, seq) !== hash);
      const same = common < after ? common : (other?.seq ?? last.seq + 1) - 1;
      learn(cause, epoch, same, last.seq, numbersUsed(place, entries, used));
    });
  }

  function leave(
    cause: EpochCause,
    epoch: string,
    { common, heldThrough }: { readonly common: number; readonly heldThrough: number },
    nextSale: number,
  ): void {
    const known = hashAt(disk(), epoch, common);
    const previous = known === null || common === 0 ? null : { epoch, seq: common, hash: known };
    const acked = disk().epochs.find((one) => one.epoch === epoch)?.acked ?? 0;
    if (previous !== null && common > acked) commit(advance(disk(), previous));
    if (heldThrough > common) {
      const own = hashAt(disk(), epoch, common + 1);
      const forkedAt = own === null ? null : { epoch, seq: common + 1, hash: own };
      const nowMs = time.now();
      commit(openEpoch(disk(), { epoch: deps.newEpoch(), cause, previous, forkedAt, nextSale, nowMs }));
    }
    wakeAfter(1);
  }

  return {
    wake,
    stop: () => void (isStopped = true),
  };
}
