import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { getRawHeader } from "@electron/asar";

/** A file of an app.asar, in it or, unpacked, beside it. */
export interface ArchivedFile {
  readonly path: string;
  readonly bytes: number;
  readonly isUnpacked: boolean;
  /** Of the whole file, as the archive's header says; lower-case hex. */
  readonly sha256: string;
  /** Where its first byte stands in the archive; 0 for one that is beside it. */
  readonly at: number;
}

type Entry = { readonly files?: Readonly<Record<string, Entry>> } & Partial<Leaf>;
type Leaf = {
  readonly size: number;
  readonly offset: string;
  readonly unpacked: boolean;
  readonly integrity: { readonly algorithm: string; readonly hash: string };
};

/** Every file that the archive's header names, in its order. Throws where the file is no asar. Links are none of ours. */
export function filesOf(archive: string): readonly ArchivedFile[] {
  const { header, headerSize } = getRawHeader(archive);
  // Two numbers of four bytes each stand before the header: Chromium's pickle of its size.
  return [...walk(header, "", 8 + headerSize)];
}

function* walk(entry: Entry, path: string, dataAt: number): Generator<ArchivedFile> {
  for (const [name, inner] of Object.entries(entry.files ?? {})) {
    const innerPath = path === "" ? name : `${path}/${name}`;
    if (inner.files !== undefined) yield* walk(inner, innerPath, dataAt);
    else if (inner.size !== undefined) yield fileOf(inner, innerPath, dataAt);
  }
}

function fileOf({ size = 0, offset, unpacked = false, integrity }: Partial<Leaf>, path: string, dataAt: number) {
  const sha256 = integrity?.algorithm === "SHA256" ? integrity.hash : "";
  return { path, bytes: size, isUnpacked: unpacked, sha256, at: offset === undefined ? 0 : dataAt + Number(offset) };
}

/** The files that are not what the header's hashes say, or not there; none in a package as it was made. */
export function damagedFiles(archive: string): readonly string[] {
  return filesOf(archive)
    .filter((file) => sha256Of(archive, file) !== file.sha256)
    .map(({ path }) => path);
}

function sha256Of(archive: string, file: ArchivedFile): string | null {
  try {
    return createHash("sha256").update(bytesOf(archive, file)).digest("hex");
  } catch {
    // Not there, or shorter than it should be: damaged all the same.
    return null;
  }
}

/** One file's bytes. Throws where it is not there or is shorter than the header says. */
export function bytesOf(archive: string, { path, bytes, isUnpacked, at }: ArchivedFile): Buffer {
  const from = isUnpacked ? join(`${archive}.unpacked`, path) : archive;
  if (isUnpacked && statSync(from).size !== bytes) throw new Error(`${path} has another size than it was packed with`);
  const content = Buffer.alloc(bytes);
  const handle = openSync(from, "r");
  try {
    if (readSync(handle, content, 0, bytes, at) !== bytes) throw new Error(`${path} is cut off`);
  } finally {
    closeSync(handle);
  }
  return content;
}

/** Changes one byte of one file in the archive, as a thief or a bad disk would. Throws where the file is not in it. */
export function changeOneByte(archive: string, path: string): void {
  const file = filesOf(archive).find((one) => one.path === path && !one.isUnpacked);
  if (file === undefined || file.bytes === 0) throw new Error(`${path} is not in ${archive}`);
  const handle = openSync(archive, "r+");
  try {
    const last = file.at + file.bytes - 1;
    const byte = Buffer.alloc(1);
    readSync(handle, byte, 0, 1, last);
    // A space for a line end and the like: what the program does stays the same, so that a start shows who checked.
    writeSync(handle, Buffer.from([byte[0] === 0x20 ? 0x0a : 0x20]), 0, 1, last);
  } finally {
    closeSync(handle);
  }
}
