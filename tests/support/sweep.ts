import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Something that may stand in no file. Findings speak of it by its name. */
export interface Secret {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A file, or a text that was never one, such as what a program said on the console. */
export interface Swept {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Finding {
  readonly file: string;
  readonly secret: string;
  readonly spelling: string;
}

/**
 * Every secret in every place, in every spelling: its bytes as they are and back to front (as big numbers lie in
 * memory), as base64 wherever it may begin in it, as hex in both cases; whatever is text also in two-byte characters, as
 * Chromium keeps strings; and numbers of up to 18 digits as the eight bytes a database makes of them. Compressed or
 * encrypted files are beyond it.
 */
export function sweep(places: readonly Swept[], secrets: readonly Secret[]): readonly Finding[] {
  const needles = secrets.flatMap((secret) => spellings(secret).map((one) => ({ ...one, secret: secret.name })));
  const byStart = new Map<number, typeof needles>();
  for (const needle of needles) {
    // Shorter ones would be found everywhere.
    if (needle.bytes.length < 8) throw new Error(`too short to look for: ${needle.secret} as ${needle.spelling}`);
    const start = needle.bytes.readUInt32LE(0);
    byStart.set(start, [...(byStart.get(start) ?? []), needle]);
  }
  return places.flatMap(({ name, bytes }) => {
    const found = new Set<string>();
    for (let at = 0; at + 8 <= bytes.length; at += 1) {
      for (const needle of byStart.get(bytes.readUInt32LE(at)) ?? []) {
        const { length } = needle.bytes;
        if (at + length > bytes.length || needle.bytes.compare(bytes, at, at + length) !== 0) continue;
        found.add(JSON.stringify({ file: name, secret: needle.secret, spelling: needle.spelling }));
      }
    }
    // What was put in a line above.
    return [...found].map((line) => JSON.parse(line) as Finding);
  });
}

interface Spelling {
  readonly spelling: string;
  readonly bytes: Buffer;
}

function spellings({ bytes }: Secret): readonly Spelling[] {
  const hex = bytes.toString("hex");
  const texts = [
    ...[0, 1, 2].map((offset) => ["base64", base64At(bytes, offset)] as const),
    ...[0, 1, 2].map((offset) => ["base64url", urlSafe(base64At(bytes, offset))] as const),
    ["hex", hex],
    ["HEX", hex.toUpperCase()],
  ] as const;
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  const plain: readonly Spelling[] = isText
    ? inBothWidths("text", bytes.toString("latin1"))
    : [
        { spelling: "bytes", bytes },
        { spelling: "bytes, last first", bytes: Buffer.from(bytes).reverse() },
      ];
  return [...plain, ...texts.flatMap(([spelling, text]) => inBothWidths(spelling, text)), ...asNumber(bytes)];
}

function inBothWidths(spelling: string, text: string): readonly Spelling[] {
  return [
    { spelling, bytes: Buffer.from(text, "utf8") },
    { spelling: `${spelling} in two-byte characters`, bytes: Buffer.from(text, "utf16le") },
  ];
}

/** What base64 makes of the bytes when `offset` others come before them, without what depends on the neighbours. */
function base64At(bytes: Buffer, offset: number): string {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString("base64")
    .replaceAll("=", "");
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  return whole.slice(first, last);
}

function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

function asNumber(bytes: Buffer): readonly Spelling[] {
  const text = bytes.toString("latin1");
  if (!/^\d{15,18}$/.test(text)) return [];
  const big = Buffer.alloc(8);
  big.writeBigInt64BE(BigInt(text));
  return [
    { spelling: "number", bytes: big },
    { spelling: "number, last byte first", bytes: Buffer.from(big).reverse() },
  ];
}

/**
 * A PIN is too short to be looked for everywhere: its digits also stand by chance inside times, barcodes and ids, which
 * are longer runs of digits and hexadecimal letters than a PIN beside anything that a till would store next to it.
 */
export function holdsPin(bytes: Buffer, pin: string): boolean {
  // Two-byte text may begin at an odd place of the file.
  return [bytes.toString("latin1"), bytes.toString("utf16le"), bytes.toString("utf16le", 1)].some((text) =>
    [...text.matchAll(/[0-9a-f]{4,}/g)].some(([run]) => run.length < 12 && run.includes(pin)),
  );
}

/** Every file below a folder, named from there; none that is gone before it is read. */
export function filesBelow(folder: string): readonly Swept[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) => {
      try {
        return [{ name: path.slice(folder.length + 1), bytes: readFileSync(path) }];
      } catch (cause) {
        // Chromium's own temporary files come and go while the till runs.
        if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
        throw cause;
      }
    });
}
