import { createHash } from "node:crypto";
import { type ChainTip, verifyChain } from "#core/journal/chain.ts";
import type { JournalKind, Sha256 } from "#core/journal/entry.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { fail, ok, type Result } from "#core/result.ts";

/** An entry with the bytes that were hashed; those of a batch lie in one buffer, which another thread is handed whole. */
export interface SoundEntry extends Omit<WireEntry, "body"> {
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface CheckedBatch<Entry extends SoundEntry = SoundEntry> {
  readonly epoch: string;
  /** The entries from the first on that follow one another and whose hashes are those of their bytes; never empty. */
  readonly sound: readonly Entry[];
  /** Why the entry after them is not sound; null: all of them are, or only a gap follows. */
  readonly broken: "wrong-prev" | "wrong-hash" | null;
}

export type BatchFault = "two-epochs" | "not-unicode" | "broken-at-first";

/**
 * What of an upload holds together by itself; whether it continues what is stored is for the transaction to say. A gap
 * ends the batch without a fault: what comes before it is taken, the rest is sent again.
 */
export function checkBatch(terminalId: string, entries: readonly WireEntry[]): Result<CheckedBatch, BatchFault> {
  const [first] = entries;
  if (first === undefined || entries.some(({ epoch }) => epoch !== first.epoch)) return fail("two-epochs");
  // A lone surrogate has no UTF-8 that could have been hashed; U+0000 in a time has no place in a database's text.
  const isText = entries.every(({ body, atWall }) => body.isWellFormed() && /^\P{C}+$/u.test(atWall));
  if (!isText) return fail("not-unicode");
  let tip: ChainTip = { seq: first.seq - 1, hash: Buffer.from(first.prev, "hex") };
  const sound: SoundEntry[] = [];
  for (const entry of encoded(entries)) {
    const verdict = verifyChain([sealed(terminalId, entry)], sha256, tip);
    if (verdict.ok) {
      tip = verdict.value;
      sound.push(entry);
      continue;
    }
    const { kind } = verdict.fault;
    if (sound.length === 0) return fail("broken-at-first");
    return ok({ epoch: first.epoch, sound, broken: kind === "seq-gap" ? null : kind });
  }
  return ok({ epoch: first.epoch, sound, broken: null });
}

/** With Node's own encoder: the same bytes of well-formed text as core's, in a fraction of the time. */
function encoded(entries: readonly WireEntry[]): readonly SoundEntry[] {
  const all = new Uint8Array(entries.reduce((length, { body }) => length + Buffer.byteLength(body), 0));
  const encoder = new TextEncoder();
  let from = 0;
  return entries.map((wire) => {
    const { epoch, seq, kind, v, atWall, atMono, prev, hash, sig } = wire;
    const { written } = encoder.encodeInto(wire.body, all.subarray(from));
    const body = all.subarray(from, from + written);
    from += written;
    return { epoch, seq, kind, v, atWall, atMono, body, prev, hash, sig };
  });
}

function sealed(terminalId: string, { kind, prev, hash, ...entry }: SoundEntry) {
  return {
    ...entry,
    terminalId,
    // A later version's kind is hashed by its text like ours.
    kind: kind as JournalKind,
    prev: Buffer.from(prev, "hex"),
    hash: Buffer.from(hash, "hex"),
  };
}

const sha256: Sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
