import { deflateRawSync, inflateRawSync } from "node:zlib";
import { assert } from "#core/result.ts";
import { bodyDictionary } from "./body-dictionary.ts";

/**
 * How an entry's body lies in the database. 0: its UTF-8, as it was hashed. 1: the same in raw deflate (RFC 1951) that was
 * begun with `bodyDictionary`. The hash is always that of the UTF-8.
 */
export interface PackedBody {
  readonly packing: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const plain = 0;
const deflated = 1;
/** Shorter ones gain less than a row's other columns take. Bytes. */
const leastBytes = 256;
const dictionary = Buffer.from(bodyDictionary);
/** A sale is 2 to 3 KB: a small window and few tables are set up faster, and pack no worse. */
const howToDeflate = { dictionary, level: 3, memLevel: 7, windowBits: 13, chunkSize: 2_048 };
/** What the largest entry of an upload unpacks to at most. Bytes. */
const mostBytes = 6 * 1_024 * 1_024;

/**
 * Packs the bodies of an upload, to a fifth or a quarter of a sale's: what is written, flushed and kept is mostly bodies. They
 * come back in their order and lie in one buffer, which another thread can be handed whole.
 */
export function packBodies(bodies: readonly Uint8Array<ArrayBuffer>[]): readonly PackedBody[] {
  const packed = bodies.map((body) => {
    const smaller = body.length < leastBytes ? body : deflateRawSync(body, howToDeflate);
    return smaller.length < body.length ? { packing: deflated, bytes: smaller } : { packing: plain, bytes: body };
  });
  const all = new Uint8Array(packed.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let end = 0;
  return packed.map(({ packing, bytes }) => {
    const from = end;
    all.set(bytes, from);
    end += bytes.length;
    return { packing, bytes: all.subarray(from, end) };
  });
}

/** @returns the text of a stored body; throws where the row holds anything but what was packed */
export function bodyText({
  packing,
  bytes: stored,
}: Pick<PackedBody, "packing"> & { readonly bytes: Uint8Array }): string {
  assert(packing === plain || packing === deflated, `a packing of this version, got ${packing}`);
  const bytes = packing === plain ? stored : inflateRawSync(stored, { dictionary, maxOutputLength: mostBytes });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
