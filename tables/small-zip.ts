import { crc32, inflateRawSync } from "node:zlib";
import { fail, ok, type Result } from "#core/result.ts";

export type ZipFault = "unreadable" | "too-large";

/** Parts of a workbook that hold text; a list has four or five, a company's workbook some dozens. */
const mostParts = 1_000;
const marks = { local: 0x04034b50, directory: 0x02014b50, end: 0x06054b50 } as const;
const stored = 0;
const deflated = 8;
/** First bit of a part's flags: it has a password. */
const encrypted = 0x01;

/**
 * The XML parts of a zip by name, unpacked. Only what its directory lists is looked at, and what a part really unpacks to
 * counts, whatever the file says of it: a part that would exceed `most` bytes, all of them together, is not unpacked to its
 * end. Source: APPNOTE 4.3.
 */
export function unpackXml(bytes: Buffer, most: number): Result<ReadonlyMap<string, Buffer>, ZipFault> {
  const parts = new Map<string, Buffer>();
  const listed = directoryOf(bytes);
  if (listed === null) return fail("unreadable");
  let left = most;
  for (const part of listed) {
    if (!part.name.endsWith(".xml") && !part.name.endsWith(".rels")) continue;
    if (parts.has(part.name) || parts.size >= mostParts) return fail("unreadable");
    const unpacked = unpack(bytes, part, left);
    if (!unpacked.ok) return unpacked;
    left -= unpacked.value.length;
    parts.set(part.name, unpacked.value);
  }
  return ok(parts);
}

interface Part {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly packedBytes: number;
  /** Where its own head stands. */
  readonly at: number;
}

/** Null where there is no directory, or it lists what cannot be there. */
function directoryOf(bytes: Buffer): readonly Part[] | null {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length) return null;
  const count = bytes.readUInt16LE(end + 10);
  const parts: Part[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== marks.directory) return null;
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    parts.push({
      name: bytes.toString("utf8", at + 46, nameEnd),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      packedBytes: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    });
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}

function unpack(bytes: Buffer, part: Part, most: number): Result<Buffer, ZipFault> {
  const { at, flags, method, packedBytes } = part;
  if ((flags & encrypted) !== 0 || at + 30 > bytes.length || bytes.readUInt32LE(at) !== marks.local)
    return fail("unreadable");
  const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  if (from + packedBytes > bytes.length) return fail("unreadable");
  const packed = bytes.subarray(from, from + packedBytes);
  if (method === stored) return packed.length > most ? fail("too-large") : ok(packed);
  if (method !== deflated) return fail("unreadable");
  if (most < 1) return fail("too-large");
  try {
    return ok(inflateRawSync(packed, { maxOutputLength: most }));
  } catch (cause) {
    const isTooLarge = cause instanceof RangeError && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE";
    return fail(isTooLarge ? "too-large" : "unreadable");
  }
}

/** A zip of these parts, nothing compressed: each says its true length, and nothing else is in it. */
export function packStored(parts: ReadonlyMap<string, Buffer>): Buffer {
  const bodies: Buffer[] = [];
  const listed: Buffer[] = [];
  let at = 0;
  for (const [text, body] of parts) {
    const name = Buffer.from(text);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0); // version 2.0
    facts.writeUInt16LE(0x800, 2); // names are UTF-8
    facts.writeUInt32LE(crc32(body), 10);
    facts.writeUInt32LE(body.length, 14);
    facts.writeUInt32LE(body.length, 18);
    facts.writeUInt16LE(name.length, 22);
    bodies.push(number32(marks.local), facts, name, body);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    listed.push(number32(marks.directory), Buffer.from([20, 0]), facts, place, name);
    at += 30 + name.length + body.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(marks.end, 0);
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(Buffer.concat(listed).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, ...listed, end]);
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
