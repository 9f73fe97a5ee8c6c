import { createHash } from "node:crypto";
import type { WireEntry } from "#core/journal/wire-entry.ts";

export interface FileFacts {
  readonly terminalKey: string;
  /** Raw Ed25519 key, base64url; null for a till that was never enrolled. */
  readonly publicKey: string | null;
  /** RFC 3339. */
  readonly exportedAt: string;
  /** Signs the UTF-8 bytes of a text with that key, base64url; null where the key is out of reach. */
  readonly sign: ((text: string) => string) | null;
}

const format = "tillway.journal.file.1";

/** The lines of an exported journal (docs/JOURNAL.md), each with its line feed; holds one entry at a time. */
export function* journalFile(facts: FileFacts, entries: Iterable<WireEntry>): Generator<string> {
  const before = createHash("sha256");
  const written = (line: object): string => {
    const text = `${JSON.stringify(line)}\n`;
    before.update(text);
    return text;
  };
  const { terminalKey, publicKey, exportedAt, sign } = facts;
  yield written({ format, terminalKey, publicKey, exportedAt });
  const epochs = new Map<string, { epoch: string; lastSeq: number; lastHash: string }>();
  let count = 0;
  for (const { epoch, seq, kind, v, atWall, atMono, body, prev, hash, sig } of entries) {
    // The order of the fields is a part of the format.
    yield written({ epoch, seq, kind, v, atWall, atMono, body, prev, hash, sig });
    epochs.set(epoch, { epoch, lastSeq: seq, lastHash: hash });
    count += 1;
  }
  const vouched = JSON.stringify({ entries: count, epochs: [...epochs.values()], sha256: before.digest("hex") });
  // The signature covers the line up to its own name.
  const text = vouched.slice(0, -1);
  const sig = sign === null ? null : sign(`${format}\n${text}`);
  yield `${text},"sig":${JSON.stringify(sig)}}\n`;
}
