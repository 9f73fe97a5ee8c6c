import { hash as hashOf } from "node:crypto";
import { canonicalHeader } from "#core/journal/canonical.ts";
import type { JournalKind } from "#core/journal/entry.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { fail, ok, type Result } from "#core/result.ts";

/** An entry with the bytes of its body; those of a batch lie in one buffer, which another thread is handed whole. */
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
 * ends the batch without a fault: what comes before it is taken, the rest is sent again. The verdict is that of core's
 * `verifyChain` over the same entries, of which a test makes sure: here the hashes are compared as the hex they came in.
 * @param entries with `prev` and `hash` of 64 lower-case hex digits
 */
export function checkBatch(terminalId: string, entries: readonly WireEntry[]): Result<CheckedBatch, BatchFault> {
  const [first] = entries;
  if (first === undefined || entries.some(({ epoch }) => epoch !== first.epoch)) return fail("two-epochs");
  // A lone surrogate has no UTF-8 that could have been hashed; U+0000 in a time has no place in a database's text.
  const isText = entries.every(({ body, atWall }) => body.isWellFormed() && /^\P{C}+$/u.test(atWall));
  if (!isText) return fail("not-unicode");
  const laid = layOut(terminalId, entries);
  const sound: SoundEntry[] = [];
  let tip: Pick<WireEntry, "seq" | "hash"> = { seq: first.seq - 1, hash: first.prev };
  for (const [index, wire] of entries.entries()) {
    const { epoch, seq, kind, v, atWall, atMono, prev, hash, sig } = wire;
    const bytes = laid[index];
    if (bytes === undefined || seq !== tip.seq + 1) break;
    const broken =
      prev !== tip.hash ? "wrong-prev" : hashOf("sha256", bytes.hashed, "hex") !== hash ? "wrong-hash" : null;
    if (broken !== null) {
      return sound.length === 0 ? fail("broken-at-first") : ok({ epoch: first.epoch, sound, broken });
    }
    sound.push({ epoch, seq, kind, v, atWall, atMono, body: bytes.body, prev, hash, sig });
    tip = wire;
  }
  return ok({ epoch: first.epoch, sound, broken: null });
}

interface Laid {
  /** prev ‖ header ‖ body. */
  readonly hashed: Uint8Array;
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * What is hashed of every entry, in one buffer and each in one piece. The bodies are written by Node's own encoder: the same
 * bytes of well-formed text as core's, in a fraction of the time. They are counted first, for a buffer with room to spare
 * costs more than the counting: V8 collects all garbage the sooner, the more memory lies outside of its heap.
 */
function layOut(terminalId: string, entries: readonly WireEntry[]): readonly Laid[] {
  // A later version's kind is hashed by its text like ours.
  const headers = entries.map((entry) => canonicalHeader({ ...entry, terminalId, kind: entry.kind as JournalKind }));
  let length = 0;
  for (const [index, { body }] of entries.entries()) {
    length += prevBytes + (headers[index]?.length ?? 0) + Buffer.byteLength(body);
  }
  const all = new Uint8Array(length);
  const bytes = Buffer.from(all.buffer);
  let end = 0;
  return entries.map(({ prev, body }, index) => {
    const [header = new Uint8Array(), from] = [headers[index], end];
    bytes.write(prev, from, "hex");
    all.set(header, from + prevBytes);
    const bodyAt = from + prevBytes + header.length;
    end = bodyAt + bytes.write(body, bodyAt, "utf8");
    return { hashed: all.subarray(from, end), body: all.subarray(bodyAt, end) };
  });
}

const prevBytes = 32;
