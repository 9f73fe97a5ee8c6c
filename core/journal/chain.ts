import { assert, fail, ok, type Result } from "#core/result.ts";
import { canonicalHeader } from "./canonical.ts";
import type { JournalEntry, JournalHeader, Sha256 } from "./entry.ts";

/** Where a chain stands: the last entry's seq and hash. */
export interface ChainTip {
  readonly seq: number;
  readonly hash: Uint8Array;
}

export interface ChainFault {
  /** A missing or repeated entry; a link to another past; an entry whose bytes are not those that were sealed. */
  readonly kind: "seq-gap" | "wrong-prev" | "wrong-hash";
  readonly seq: number;
}

const hashLength = 32;

/** Before the first entry of every epoch: seq 0 and 32 zero bytes. */
export function chainStart(): ChainTip {
  return { seq: 0, hash: new Uint8Array(hashLength) };
}

/** The entry with its hash: SHA-256(prev ‖ canonical header ‖ body). `body` and `prev` are kept, not copied. */
export function sealEntry(header: JournalHeader, body: Uint8Array, prev: Uint8Array, sha256: Sha256): JournalEntry {
  assert(prev.length === hashLength, "a chain link of 32 bytes");
  const { terminalId, epoch, seq, kind, v, atWall, atMono } = header;
  return {
    ...{ terminalId, epoch, seq, kind, v, atWall, atMono },
    body,
    prev,
    hash: sha256(prev, canonicalHeader(header), body),
  };
}

/**
 * Checks entries of one epoch in order, from `from` (their predecessor; the epoch's start when not given), and gives the
 * tip they lead to. The fault names the first entry that does not fit; what follows it proves nothing.
 */
export function verifyChain(
  entries: Iterable<JournalEntry>,
  sha256: Sha256,
  from: ChainTip = chainStart(),
): Result<ChainTip, ChainFault> {
  let tip: ChainTip = { seq: from.seq, hash: from.hash }; // an entry may be given: keep only its place
  for (const entry of entries) {
    const { seq } = entry;
    if (seq !== tip.seq + 1) return fail({ kind: "seq-gap", seq });
    if (!areSameBytes(entry.prev, tip.hash)) return fail({ kind: "wrong-prev", seq });
    const expected = sha256(entry.prev, canonicalHeader(entry), entry.body);
    if (!areSameBytes(entry.hash, expected)) return fail({ kind: "wrong-hash", seq });
    tip = { seq, hash: entry.hash };
  }
  return ok(tip);
}

function areSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  // A loop: a function called for each byte was a tenth of checking a chain.
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}
