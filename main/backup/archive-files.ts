import { errorCode } from "#core/error-code.ts";
import { createHash } from "node:crypto";
import { open, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import type { BackupFile, BackupManifest } from "#contract/backup/manifest.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { syncFolder as syncStrictly } from "#main/secret/write-durably.ts";
import { type ArchiveFault, piecesOf, readManifest, sizeOf } from "./archive.ts";

/** Read and written in one go. Bytes. */
const chunkBytes = 1 << 20;
/** Put on the disk every so often: a stick that takes 3 MB a second must not collect a minute of it. Bytes. */
const syncEveryBytes = 4 << 20;

/** Called between two chunks with how far it is, 0 to 1; what it throws ends the work. */
export type Check = (share: number) => Promise<void>;

/** What was read while writing is not what the manifest says: it was changed meanwhile. */
export class ChangedMeanwhile extends Error {
  override readonly name = "ChangedMeanwhile";
}

/**
 * Writes a backup beside its place, flushed. It has its name only by `publish`, once somebody has read it back. Throws what
 * the disk says; what was written so far is taken away.
 * @param pathOf where each of the manifest's files lies now
 */
export async function writeArchive(
  unfinished: string,
  manifest: BackupManifest,
  pathOf: (name: string) => string,
  check: Check,
): Promise<void> {
  const length = sizeOf(manifest);
  let position = 0;
  let syncedAt = 0;
  const target = await open(unfinished, "w", 0o600);
  try {
    const put = async (bytes: Buffer): Promise<void> => {
      await putAt(target, bytes, position);
      position += bytes.length;
      if (position - syncedAt >= syncEveryBytes) {
        await target.datasync();
        syncedAt = position;
      }
      await check(position / length);
    };
    for (const piece of piecesOf(manifest)) {
      if (piece.of === null) await put(piece.bytes);
      else await putFile(piece.of, pathOf(piece.of.name), put);
    }
    await target.sync();
  } catch (cause) {
    await target.close().catch(() => {});
    await rm(unfinished, { force: true }).catch(() => {});
    throw cause;
  }
  await target.close();
}

async function putFile(file: BackupFile, path: string, put: (bytes: Buffer) => Promise<void>): Promise<void> {
  // Taken away since: what stands in the manifest is no longer so.
  await stat(path).catch(() => Promise.reject(new ChangedMeanwhile(file.name)));
  const hash = createHash("sha256");
  let size = 0;
  for await (const bytes of chunksOf(path)) {
    size += bytes.length;
    if (size > file.size) break;
    hash.update(bytes);
    await put(bytes);
  }
  if (size !== file.size || hash.digest("hex") !== file.sha256) throw new ChangedMeanwhile(file.name);
}

/** The backup has its name from here on, also after a power cut. */
export async function publish(unfinished: string, target: string): Promise<void> {
  await rename(unfinished, target);
  syncFolder(dirname(target));
}

/** Reads a backup whole and compares every byte of it with what must stand there. */
export async function verifyArchive(path: string, check: Check): Promise<Result<BackupManifest, ArchiveFault>> {
  return readArchive(path, () => null, check);
}

/** Only the manifest and the length: enough for a list, and quick on a slow stick. */
export async function peekArchive(path: string): Promise<Result<BackupManifest, ArchiveFault>> {
  const file = await open(path, "r");
  try {
    return await readManifest(reader(file), (await file.stat()).size);
  } finally {
    await file.close();
  }
}

/**
 * As `verifyArchive`, and puts the files for which `placeOf` names a place there, flushed. They are worth nothing unless
 * the answer is the manifest. Throws what the disk says.
 */
export async function readArchive(
  path: string,
  placeOf: (file: BackupFile) => string | null,
  check: Check,
): Promise<Result<BackupManifest, ArchiveFault>> {
  const file = await open(path, "r");
  try {
    const read = reader(file);
    const { size } = await file.stat();
    const manifest = await readManifest(read, size);
    if (!manifest.ok) return manifest;
    let offset = 0;
    for (const piece of piecesOf(manifest.value)) {
      if (piece.of === null) {
        const found = await read(offset, piece.bytes.length);
        if (!found.equals(piece.bytes)) return fail({ kind: "damaged", where: piece.where });
        offset += piece.bytes.length;
        continue;
      }
      const isRight = await takeFile(read, offset, piece.of, placeOf(piece.of), (done) =>
        check((offset + done) / size),
      );
      if (!isRight) return fail({ kind: "damaged", where: piece.of.name });
      offset += piece.of.size;
    }
    return ok(manifest.value);
  } finally {
    await file.close();
  }
}

async function takeFile(
  read: (offset: number, length: number) => Promise<Buffer>,
  offset: number,
  { size, sha256 }: BackupFile,
  place: string | null,
  check: (done: number) => Promise<void>,
): Promise<boolean> {
  const hash = createHash("sha256");
  const into = place === null ? null : await open(place, "w", 0o600);
  try {
    for (let done = 0; done < size;) {
      const bytes = await read(offset + done, Math.min(chunkBytes, size - done));
      if (bytes.length === 0) return false;
      hash.update(bytes);
      if (into !== null) await putAt(into, bytes, done);
      done += bytes.length;
      if (into !== null && done % syncEveryBytes === 0) await into.datasync();
      await check(done);
    }
    await into?.sync();
    return hash.digest("hex") === sha256;
  } finally {
    await into?.close();
  }
}

/** A small file, flushed. */
export async function putText(path: string, text: string): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await putAt(file, Buffer.from(text), 0);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function putAt(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let put = 0;
  while (put < bytes.length) put += (await file.write(bytes, put, bytes.length - put, position + put)).bytesWritten;
}

/** Size and SHA-256 of a file as it is now. Throws what the disk says. */
export async function measure(name: string, path: string, check: () => Promise<void>): Promise<BackupFile> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const bytes of chunksOf(path)) {
    hash.update(bytes);
    size += bytes.length;
    await check();
  }
  return { name, size, sha256: hash.digest("hex") };
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  const { size } = await stat(path);
  const file = await open(path, "r");
  try {
    const read = reader(file);
    for (let offset = 0; offset < size;) {
      const bytes = await read(offset, chunkBytes);
      if (bytes.length === 0) return;
      offset += bytes.length;
      yield bytes;
    }
  } finally {
    await file.close();
  }
}

function reader(file: FileHandle): (offset: number, length: number) => Promise<Buffer> {
  return async (offset, length) => {
    const bytes = Buffer.alloc(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return bytes.subarray(0, done);
  };
}

/** As main's own, but for network folders, some of which flush no names; the file itself is on the disk. */
export function syncFolder(folder: string): void {
  try {
    syncStrictly(folder);
  } catch (cause) {
    const isFlush = cause instanceof Error && "syscall" in cause && cause.syscall === "fsync";
    if (!isFlush || !["EINVAL", "ENOTSUP", "EPERM"].includes(errorCode(cause))) throw cause;
  }
}
