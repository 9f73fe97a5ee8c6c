import type { Ack } from "#contract/wire/journal.ts";
import { assert } from "#core/result.ts";
import {
  afterAnswer,
  beginUpload,
  type EpochCause,
  type Mark,
  type Refusal,
  type UploadAnswer,
  type UploadState,
} from "#core/sync/upload.ts";
import type { Outbox } from "#main/till/ports/outbox.ts";
import type { OfficeClient } from "./office-client.ts";
import type { OfficeAnswer } from "./signed-wire.ts";

/** What came of one batch, or `null` where nothing was to be sent. */
export interface SentOnce {
  readonly answer: OfficeAnswer<Ack>;
  readonly state: UploadState;
  /** Until the next one; 0 for at once. */
  readonly waitMs: number;
  /** Only what stands behind a fork has to wait: the rest goes on. */
  readonly isQuarantine: boolean;
  /** Head office holds another past: to be compared before anything else is sent. */
  readonly differs: { readonly cause: EpochCause; readonly at: Mark } | null;
}

export interface JournalSender {
  state(): UploadState;
  /** Sends one batch and does what its answer allows; never more than one at a time. */
  once(withQuarantine: boolean): Promise<SentOnce | null>;
  /** As at the start: after enrolling, or by a person's word. */
  begin(): void;
}

export function createJournalSender(
  client: Pick<OfficeClient, "upload">,
  outbox: Outbox,
  random: () => number,
): JournalSender {
  let state = beginUpload();
  let isUnderWay = false;

  async function once(withQuarantine: boolean): Promise<SentOnce | null> {
    const batch = outbox.nextBatch(state.batchSize, withQuarantine || state.isRevoked);
    const [first, last] = [batch?.entries[0], batch?.entries.at(-1)];
    if (batch === null || first === undefined || last === undefined) return null;
    const isQuarantine = batch.isQuarantine || state.isRevoked;
    const answer = await client.upload(batch.entries, isQuarantine);
    const sent = { epoch: batch.epoch, fromSeq: first.seq, throughSeq: last.seq, isQuarantine };
    const decision = afterAnswer(state, sent, told(answer, outbox), random());
    state = decision.state;
    const { step } = decision;
    if (step.kind === "advance" || step.kind === "rewind") outbox.advance(step.to);
    const waitMs = step.kind === "wait" || step.kind === "rewind" ? step.waitMs : 0;
    return {
      answer,
      state,
      waitMs,
      isQuarantine: batch.isQuarantine,
      differs: step.kind === "new-epoch" ? step : null,
    };
  }

  return {
    state: () => state,
    async once(withQuarantine) {
      assert(!isUnderWay, "one upload of a till is under way at a time");
      isUnderWay = true;
      try {
        return await once(withQuarantine);
      } finally {
        isUnderWay = false;
      }
    },
    begin() {
      state = beginUpload();
    },
  };
}

/** The answer in the words of the decision, beside what this journal has there. */
function told(answer: OfficeAnswer<Ack>, outbox: Outbox): UploadAnswer {
  switch (answer.kind) {
    case "ok": {
      const { acked, maxBatch } = answer.value;
      return { kind: "acked", acked, ownHash: outbox.hashAt(acked.epoch, acked.seq), maxBatch };
    }
    case "no-answer":
      return { kind: "no-answer", isTimeout: answer.isTimeout };
    case "not-understood":
      return { kind: "not-understood", isWrongOffice: answer.isWrongOffice };
    case "refused": {
      const { kind, at = null } = answer.fault;
      if (!isRefusal(kind)) return { kind: "not-understood", isWrongOffice: false };
      return { kind: "refused", fault: kind, at, retryAfterMs: answer.retryAfterMs };
    }
  }
}

const refusals: ReadonlySet<string> = new Set<Refusal>([
  ...(["bad-request", "bad-signature", "wrong-clock", "unknown-terminal", "revoked"] as const),
  ...(["broken-chain", "fork", "too-large", "busy", "internal"] as const),
]);

function isRefusal(kind: string): kind is Refusal {
  return refusals.has(kind);
}
