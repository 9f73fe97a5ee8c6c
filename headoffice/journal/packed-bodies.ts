import { deflateRawSync, inflateRawSync } from "node:zlib";
import { mostDecodedBytes } from "../service/read-body.ts";
import { bodyDictionary } from "./body-dictionary.ts";

const dictionary = Buffer.from(bodyDictionary);
/** An upload is packed while others wait to be read: the least of work, for a twentieth more bytes. */
const howToDeflate = { dictionary, level: 1 };
const whatAnUploadHolds = { dictionary, maxOutputLength: mostDecodedBytes };

/** Where a body lies in the unpacked bodies of its upload. Bytes. */
export interface BodyPlace {
  readonly at: number;
  readonly length: number;
}

/**
 * The bodies of an upload, one behind the other in raw deflate (RFC 1951) that was begun with `bodyDictionary`: a seventh of a
 * hundred sales, a fourth of a single one. What is written, flushed and kept is mostly bodies.
 */
export function packBodies(bodies: readonly Uint8Array[]): Uint8Array {
  // A copy of its own, which goes from thread to thread without the buffer around it.
  return new Uint8Array(deflateRawSync(Buffer.concat(bodies), howToDeflate));
}

/** Where each of them lies. */
export function placesOf(bodies: readonly Uint8Array[]): readonly BodyPlace[] {
  let end = 0;
  return bodies.map(({ length }) => {
    const at = end;
    end += length;
    return { at, length };
  });
}

/** Throws where the bytes are anything but what was packed. */
export function unpackBodies(packed: Uint8Array): Buffer {
  return inflateRawSync(packed, whatAnUploadHolds);
}

/** @returns the text of one body among those that were unpacked */
export function bodyAt(unpacked: Buffer, { at, length }: BodyPlace): string {
  return unpacked.toString("utf8", at, at + length);
}
