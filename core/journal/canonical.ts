import { assert } from "#core/result.ts";
import type { JournalHeader } from "./entry.ts";
import { encodeUtf8 } from "./utf8.ts";

/** Names the format inside the hash, so that bytes of another use or version can never pass for a header. */
const formatName = "tillway.journal.1";

/**
 * The bytes of a header that are hashed: the format's name, then terminalId, epoch, seq, kind, v, atWall and atMono in
 * this order, each as a big-endian 32-bit byte length and that many UTF-8 bytes; numbers in JavaScript's shortest decimal
 * form. Every field carries its length and their number is fixed, so no two headers share their bytes and the body that
 * follows needs no separator. Asserts a whole seq and v from 1 and a finite atMono.
 */
export function canonicalHeader(header: JournalHeader): Uint8Array {
  assert(Number.isSafeInteger(header.seq) && header.seq >= 1, `a journal seq from 1, got ${header.seq}`);
  assert(Number.isSafeInteger(header.v) && header.v >= 1, `a body version from 1, got ${header.v}`);
  assert(Number.isFinite(header.atMono), "a monotonic time that is a number");
  const fields = [
    formatName,
    header.terminalId,
    header.epoch,
    String(header.seq),
    header.kind,
    String(header.v),
    header.atWall,
    String(header.atMono),
  ].map(encodeUtf8);
  const bytes = new Uint8Array(fields.reduce((length, field) => length + 4 + field.length, 0));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const field of fields) {
    view.setUint32(offset, field.length);
    bytes.set(field, offset + 4);
    offset += 4 + field.length;
  }
  return bytes;
}
