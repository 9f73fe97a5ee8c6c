import { assert } from "#core/result.ts";
import { backOffMs, slowRetryMs } from "./back-off.ts";

/**
 * What the till does next after it has sent a batch of its journal: pure, so that a simulation drives the same decisions
 * as the till. Whoever calls has the network, the clock and the journal; random numbers and own hashes are arguments.
 *
 * Three things never happen here: an entry counts as sent without an answer that names its own hash; an entry is skipped;
 * an answer of head office changes anything that was written.
 */

/** A place in a journal; the hash is 64 hex digits, zeros at seq 0. */
export interface Mark {
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
}

/** What was sent: entries of one epoch from `fromSeq` on, without a gap. */
export interface SentBatch {
  readonly epoch: string;
  readonly fromSeq: number;
  readonly throughSeq: number;
  /** To `…/quarantine`: this till is revoked, or these entries stand behind a fork. */
  readonly isQuarantine: boolean;
}

/** Refusals by the names of contract/wire/fault.ts. */
export type Refusal =
  | "bad-request"
  | "bad-signature"
  | "wrong-clock"
  | "unknown-terminal"
  | "revoked"
  | "broken-chain"
  | "fork"
  | "too-large"
  | "busy"
  | "internal";

export type UploadAnswer =
  /** `ownHash`: what this till's journal has at `acked`; null where it ends before. */
  | { readonly kind: "acked"; readonly acked: Mark; readonly ownHash: string | null; readonly maxBatch: number }
  | {
      readonly kind: "refused";
      readonly fault: Refusal;
      /** Of fork and broken-chain. */
      readonly at: Mark | null;
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: "no-answer"; readonly isTimeout: boolean }
  /** Anything that is neither: a login page, a cut answer, a signature that is not head office's. Never an ack. */
  | { readonly kind: "not-understood"; readonly isWrongOffice: boolean };

export type UploadTrouble =
  | "revoked"
  | "unknown-terminal"
  | "bad-signature"
  | "wrong-clock"
  | "not-understood"
  | "wrong-office";

export interface UploadState {
  /** Entries of the next batch, 1 to `mostBatch`. */
  readonly batchSize: number;
  /** In a row; 0 after an ack that moved on. */
  readonly failures: number;
  /** Everything goes to quarantine from here on. */
  readonly isRevoked: boolean;
  readonly reach: "untried" | "online" | "offline" | "stopped";
  readonly trouble: UploadTrouble | null;
}

export type EpochCause = "fork" | "tail-lost" | "broken-chain";

export type UploadStep =
  /** Durable at head office up to here; the next batch may follow at once. */
  | { readonly kind: "advance"; readonly to: Mark }
  /** Head office has less than it once had (restored from a backup): it is sent again. */
  | { readonly kind: "rewind"; readonly to: Mark; readonly waitMs: number }
  | { readonly kind: "wait"; readonly waitMs: number }
  /** What head office holds at `at` is not this till's past: nothing is overwritten, a new epoch begins. */
  | { readonly kind: "new-epoch"; readonly cause: EpochCause; readonly at: Mark };

export interface UploadDecision {
  readonly state: UploadState;
  readonly step: UploadStep;
}

/** Most entries of a batch, as contract/wire/journal.ts has it. */
export const mostBatch = 100;

export function beginUpload(): UploadState {
  return { batchSize: mostBatch, failures: 0, isRevoked: false, reach: "untried", trouble: null };
}

/** @param random from 0 up to 1, without 1 */
export function afterAnswer(state: UploadState, sent: SentBatch, answer: UploadAnswer, random: number): UploadDecision {
  assert(sent.fromSeq >= 1 && sent.throughSeq >= sent.fromSeq, "a batch has entries");
  switch (answer.kind) {
    case "acked":
      return afterAck(state, sent, answer, random);
    case "refused":
      return afterRefusal(state, sent, answer, random);
    case "no-answer": {
      // A time-out may mean the batch is too much for this line; a refused connection says nothing about it.
      const batchSize = answer.isTimeout ? halved(state.batchSize) : state.batchSize;
      return waiting({ ...state, batchSize, reach: "offline" }, random, null);
    }
    case "not-understood": {
      const trouble = answer.isWrongOffice ? "wrong-office" : "not-understood";
      const reach = answer.isWrongOffice ? "stopped" : "offline";
      return waiting({ ...state, reach, trouble }, random, null);
    }
  }
}

function afterAck(
  state: UploadState,
  sent: SentBatch,
  { acked, ownHash, maxBatch }: Extract<UploadAnswer, { kind: "acked" }>,
  random: number,
): UploadDecision {
  // An answer about another epoch is an answer to another question.
  if (acked.epoch !== sent.epoch)
    return waiting({ ...state, reach: "offline", trouble: "not-understood" }, random, null);
  if (sent.isQuarantine && ownHash !== acked.hash)
    return slowly({ ...state, reach: "stopped", trouble: "not-understood" }, random);
  if (ownHash === null) return epochAt(state, "tail-lost", acked);
  if (ownHash !== acked.hash) return epochAt(state, "fork", acked);
  const reached = { ...state, ...standing(state), batchSize: Math.min(state.batchSize, maxBatch) };
  const before = sent.fromSeq - 1;
  if (acked.seq < before)
    return {
      state: { ...reached, failures: state.failures + 1 },
      step: { kind: "rewind", to: acked, waitMs: backOffMs(state.failures + 1, random) },
    };
  // Nothing moved: not an error of this till, and not to be asked again without a pause.
  if (acked.seq === before) return waiting(reached, random, null);
  const batchSize = Math.min(state.batchSize * 2, mostBatch, maxBatch);
  return { state: { ...reached, failures: 0, batchSize }, step: { kind: "advance", to: acked } };
}

function afterRefusal(
  state: UploadState,
  sent: SentBatch,
  { fault, at, retryAfterMs }: Extract<UploadAnswer, { kind: "refused" }>,
  random: number,
): UploadDecision {
  switch (fault) {
    case "busy":
    case "internal":
      return waiting({ ...state, reach: "offline" }, random, retryAfterMs);
    case "too-large":
      // An entry that is too large even alone is not this till's to drop: it waits, and says so.
      return state.batchSize === 1
        ? slowly({ ...state, reach: "stopped", trouble: "not-understood" }, random)
        : {
            state: { ...state, batchSize: halved(state.batchSize), reach: "online" },
            step: { kind: "wait", waitMs: 0 },
          };
    case "revoked":
      // The first time the same entries go to quarantine at once; a quarantine that refuses too is asked slowly.
      return state.isRevoked
        ? slowly({ ...state, reach: "stopped", trouble: "revoked" }, random)
        : {
            state: { ...state, isRevoked: true, reach: "stopped", trouble: "revoked" },
            step: { kind: "wait", waitMs: 0 },
          };
    case "fork":
    case "broken-chain":
      // Without a place there is nothing to compare, and behind a fork no other one is looked for: a person must look.
      if (at === null || sent.isQuarantine)
        return slowly({ ...state, reach: "stopped", trouble: "not-understood" }, random);
      return epochAt(state, fault, at);
    case "wrong-clock":
      // Signed again by head office's clock; if that does not help either, slower and slower.
      return waiting({ ...state, reach: "stopped", trouble: "wrong-clock" }, random, null);
    case "bad-signature":
    case "unknown-terminal":
      return slowly({ ...state, reach: "stopped", trouble: fault }, random);
    case "bad-request":
      return slowly({ ...state, reach: "stopped", trouble: "not-understood" }, random);
  }
}

/** A till that is revoked stays stopped, however well its quarantine answers. */
function standing({ isRevoked }: UploadState): Pick<UploadState, "reach" | "trouble"> {
  return isRevoked ? { reach: "stopped", trouble: "revoked" } : { reach: "online", trouble: null };
}

function epochAt(state: UploadState, cause: EpochCause, at: Mark): UploadDecision {
  return { state: { ...state, ...standing(state), failures: 0 }, step: { kind: "new-epoch", cause, at } };
}

function waiting(state: UploadState, random: number, retryAfterMs: number | null): UploadDecision {
  const failures = state.failures + 1;
  return { state: { ...state, failures }, step: { kind: "wait", waitMs: backOffMs(failures, random, retryAfterMs) } };
}

function slowly(state: UploadState, random: number): UploadDecision {
  return {
    state: { ...state, failures: state.failures + 1 },
    step: { kind: "wait", waitMs: slowRetryMs(random) },
  };
}

function halved(batchSize: number): number {
  return Math.max(1, batchSize >> 1);
}
