import { readFileSync } from "node:fs";

/** Every code point a font file (the first font of a collection) has a glyph for: cmap formats 4 and 12 (OpenType, "cmap"). */
export function charactersOf(fontFile: string): ReadonlySet<number> {
  const bytes = readFileSync(fontFile);
  const font = bytes.toString("latin1", 0, 4) === "ttcf" ? bytes.readUInt32BE(12) : 0;
  const tableCount = bytes.readUInt16BE(font + 4);
  for (let table = 0; table < tableCount; table += 1) {
    const record = font + 12 + table * 16;
    if (bytes.toString("latin1", record, record + 4) === "cmap") return readCmap(bytes, bytes.readUInt32BE(record + 8));
  }
  throw new Error(`${fontFile} has no cmap`);
}

function readCmap(bytes: Buffer, cmap: number): ReadonlySet<number> {
  const characters = new Set<number>();
  const subtableCount = bytes.readUInt16BE(cmap + 2);
  for (let index = 0; index < subtableCount; index += 1) {
    const subtable = cmap + bytes.readUInt32BE(cmap + 4 + index * 8 + 4);
    const format = bytes.readUInt16BE(subtable);
    if (format === 12) readFormat12(bytes, subtable, characters);
    if (format === 4) readFormat4(bytes, subtable, characters);
  }
  return characters;
}

function readFormat12(bytes: Buffer, subtable: number, into: Set<number>): void {
  const groupCount = bytes.readUInt32BE(subtable + 12);
  for (let group = 0; group < groupCount; group += 1) {
    const at = subtable + 16 + group * 12;
    for (let point = bytes.readUInt32BE(at); point <= bytes.readUInt32BE(at + 4); point += 1) into.add(point);
  }
}

/** Whole segments are taken: a segment that maps single points to the missing glyph would only cost a few pictures. */
function readFormat4(bytes: Buffer, subtable: number, into: Set<number>): void {
  const doubledCount = bytes.readUInt16BE(subtable + 6);
  for (let segment = 0; segment < doubledCount; segment += 2) {
    const last = bytes.readUInt16BE(subtable + 14 + segment);
    const first = bytes.readUInt16BE(subtable + 16 + doubledCount + segment);
    for (let point = first; point <= last && point !== 0xffff; point += 1) into.add(point);
  }
}
