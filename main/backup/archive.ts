import { createHash } from "node:crypto";
import { backupManifest, type BackupFile, type BackupManifest } from "#contract/backup/manifest.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";

/*
 * A backup is one file: a tar (POSIX.1-1988 ustar) with its manifest first, so that any machine can open one by hand. Every
 * byte follows from the manifest and the files in it: names, sizes, padding, end. The manifest's name has its SHA-256.
 */

const block = 512;
/** What ustar's eleven octal digits can say. Bytes. */
const mostFileSize = 8 * 1024 ** 3 - 1;
/** A manifest of 100,000 images; a longer one is something else. Bytes. */
const mostManifestSize = 32 * 1024 ** 2;

/** Why a file is no backup that can be used. `where`: the part that is not as it was written. */
export type ArchiveFault =
  | { readonly kind: "not-a-backup" }
  | { readonly kind: "newer-format" }
  | { readonly kind: "cut-short"; readonly size: number; readonly expected: number }
  | { readonly kind: "damaged"; readonly where: string };

/** A piece of a backup's file. `of` null: these bytes exactly; else as many bytes of that file. */
export type Piece = { readonly of: null; readonly bytes: Buffer; readonly where: string } | { readonly of: BackupFile };

/** The file piece by piece, as it must be. */
export function piecesOf(manifest: BackupManifest): readonly Piece[] {
  const text = Buffer.from(JSON.stringify(manifest));
  const name = `manifest-${createHash("sha256").update(text).digest("hex")}.json`;
  const pieces: Piece[] = [
    { of: null, bytes: Buffer.concat([header(name, text.length), text, padding(text.length)]), where: "manifest" },
  ];
  for (const file of manifest.files) {
    pieces.push({ of: null, bytes: header(file.name, file.size), where: file.name }, { of: file });
    if (file.size % block !== 0) pieces.push({ of: null, bytes: padding(file.size), where: file.name });
  }
  pieces.push({ of: null, bytes: Buffer.alloc(2 * block), where: "end" });
  return pieces;
}

/** How long the whole file is. Bytes. */
export function sizeOf(manifest: BackupManifest): number {
  return piecesOf(manifest).reduce((sum, piece) => sum + (piece.of === null ? piece.bytes.length : piece.of.size), 0);
}

/** Reads `length` bytes at `offset`; fewer at the end of the file. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>;

/** The manifest at the beginning of a file, checked against its own sum and against the size of the whole. */
export async function readManifest(read: ReadAt, size: number): Promise<Result<BackupManifest, ArchiveFault>> {
  const first = await read(0, block);
  const named = /^manifest-([0-9a-f]{64})\.json\0/.exec(first.toString("latin1", 0, 100));
  const length = Number.parseInt(first.toString("latin1", 124, 135), 8);
  if (first.length < block || named === null) return fail({ kind: "not-a-backup" });
  if (!Number.isSafeInteger(length) || length > mostManifestSize) return fail({ kind: "damaged", where: "manifest" });
  const text = await read(block, length);
  if (text.length < length) return fail({ kind: "cut-short", size, expected: block + length });
  if (createHash("sha256").update(text).digest("hex") !== named[1]) return fail({ kind: "damaged", where: "manifest" });
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  const expected = sizeOf(parsed.value);
  if (size < expected) return fail({ kind: "cut-short", size, expected });
  return size > expected ? fail({ kind: "damaged", where: "end" }) : parsed;
}

function parse(text: Buffer): Result<BackupManifest, ArchiveFault> {
  try {
    const value: unknown = JSON.parse(text.toString("utf8"));
    const parsed = backupManifest.safeParse(value);
    if (parsed.success) return ok(parsed.data);
    const format: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "format") : null;
    return fail(
      typeof format === "number" && format > 1 ? { kind: "newer-format" } : { kind: "damaged", where: "manifest" },
    );
  } catch {
    return fail({ kind: "damaged", where: "manifest" });
  }
}

function padding(size: number): Buffer {
  return Buffer.alloc((block - (size % block)) % block);
}

/** One of ustar's headers: no owner, no time, a file that only its owner reads. Source: POSIX.1-1988, 10.1.1. */
function header(name: string, size: number): Buffer {
  assert(Buffer.byteLength(name) <= 100 && size <= mostFileSize, `${name} of ${size} bytes fits a tar`);
  const made = Buffer.alloc(block);
  const put = (text: string, offset: number): void => void made.write(text, offset, "latin1");
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, "0")}\0`;
  put(name, 0);
  put(octal(0o600, 7), 100);
  put(octal(0, 7), 108);
  put(octal(0, 7), 116);
  put(octal(size, 11), 124);
  put(octal(0, 11), 136);
  put("        ", 148);
  put("0", 156);
  put("ustar\x0000", 257);
  put(
    `${made
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  return made;
}
