import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Where SQLite's header has `user_version`, four bytes, big-endian (sqlite.org/fileformat2.html, 1.3). */
const versionAt = 60;

/**
 * The version that a store's file was last closed with, and how large it is, read without opening the store; null where
 * there is no such file or it cannot be read: whoever opens it will say why.
 */
export function versionOfFile(path: string): { readonly version: number; readonly bytes: number } | null {
  const header = Buffer.alloc(versionAt + 4);
  let file: number | null = null;
  try {
    file = openSync(path, "r");
    if (readSync(file, header) < header.length) return null;
    return { version: header.readUInt32BE(versionAt), bytes: fstatSync(file).size };
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
}
