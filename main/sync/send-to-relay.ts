import { mostBatchEntries } from "#contract/wire/journal.ts";
import { backOffMs } from "#core/sync/back-off.ts";
import type { RelayOutbox } from "#main/till/ports/outbox.ts";
import type { RelayClient } from "./relay-client.ts";
import type { OfficeAnswer } from "./signed-wire.ts";

/** A relay that comes back is noticed within this: until then a sale is on one disk only. Milliseconds. */
const mostPauseMs = 30_000;

export interface RelayTurn {
  readonly answer: OfficeAnswer<unknown>;
  /** Until the next one; 0 for at once. */
  readonly waitMs: number;
}

export interface RelaySender {
  /** Sends what neither head office nor the relay has, at most one batch; null where there is nothing. */
  once(): Promise<RelayTurn | null>;
}

export interface RelaySenderDeps {
  readonly client: Pick<RelayClient, "ready" | "keep">;
  readonly outbox: RelayOutbox;
  /** The till's word for a hash (hex), Ed25519; null while it has no key. */
  readonly sign: (hash: string) => Uint8Array | null;
  readonly random: () => number;
}

/** The till's side of a relay: the last entry of every batch is signed, and so vouches for all of them at head office. */
export function createRelaySender({ client, outbox, sign, random }: RelaySenderDeps): RelaySender {
  let batchSize = mostBatchEntries;
  let failures = 0;

  function failed(answer: OfficeAnswer<unknown>): RelayTurn {
    failures += 1;
    const isTooMuch =
      (answer.kind === "no-answer" && answer.isTimeout) ||
      (answer.kind === "refused" && answer.fault.kind === "too-large");
    if (isTooMuch) batchSize = Math.max(1, batchSize >> 1);
    const retryAfterMs = answer.kind === "refused" ? answer.retryAfterMs : null;
    return { answer, waitMs: Math.min(mostPauseMs, backOffMs(failures, random(), retryAfterMs)) };
  }

  return {
    async once() {
      if (outbox.nextForRelay(1).length === 0) return null;
      // First who it is: another relay than the last has nothing, and is sent everything.
      const ready = await client.ready();
      if (ready.kind !== "ok") return failed(ready);
      const entries = outbox.nextForRelay(batchSize);
      const last = entries.at(-1);
      if (last === undefined) return null;
      const word = sign(last.hash);
      if (word === null) return null;
      const signed = { ...last, sig: Buffer.from(word).toString("base64url") };
      const answer = await client.keep([...entries.slice(0, -1), signed]);
      if (answer.kind !== "ok") return failed(answer);
      const { kept } = answer.value;
      if (kept.epoch !== last.epoch || kept.seq !== last.seq || kept.hash !== last.hash) {
        return failed({ kind: "not-understood", isWrongOffice: false, detail: "the relay kept something else" });
      }
      outbox.keptAtRelay(last);
      failures = 0;
      batchSize = Math.min(mostBatchEntries, batchSize * 2);
      return { answer, waitMs: 0 };
    },
  };
}
