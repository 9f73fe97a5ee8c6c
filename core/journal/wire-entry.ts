import type { JournalEntry, JournalKind } from "./entry.ts";
import { encodeUtf8 } from "./utf8.ts";

/**
 * A journal entry as it travels and as an exported file holds it. The body is the exact text whose UTF-8 bytes were
 * hashed: a JSON string carries every character of it unchanged, a parsed and rewritten object would not.
 */
export interface WireEntry {
  readonly epoch: string;
  readonly seq: number;
  /** Kinds this program does not know travel and are kept like any other. */
  readonly kind: string;
  readonly v: number;
  readonly atWall: string;
  readonly atMono: number;
  readonly body: string;
  /** 64 lower-case hex digits. */
  readonly prev: string;
  readonly hash: string;
  /** Ed25519 of the terminal over `signedText(hash)`, base64url; null for entries that stand under the batch alone. */
  readonly sig: string | null;
}

/** What a terminal signs to vouch for an entry and, through the chain, for all before it. */
export function signedText(hash: string): string {
  return `tillway.journal.sig.1\n${hash}`;
}

/** The entry whose bytes are hashed. Throws where the texts are no hashes: whoever parsed it has checked them. */
export function entryOf(terminalId: string, wire: WireEntry): JournalEntry {
  const { epoch, seq, v, atWall, atMono } = wire;
  return {
    ...{ terminalId, epoch, seq, v, atWall, atMono },
    // A later version's kind is hashed by its text like ours.
    kind: wire.kind as JournalKind,
    body: encodeUtf8(wire.body),
    prev: bytesOf(wire.prev),
    hash: bytesOf(wire.hash),
  };
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));
}
