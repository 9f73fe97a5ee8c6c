import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Puts `bytes` in place of what is at `path`: all of it or nothing of it, and still there after a power cut. Readable
 * by this user only, unless `mode` says otherwise. Throws when the disk refuses; what was there is then still there.
 */
export function writeDurably(path: string, bytes: string | Buffer, mode = 0o600): void {
  const temporary = `${path}.new`;
  const file = openSync(temporary, "w", mode);
  try {
    // Also where a file of that name was left behind, and whatever the process masks.
    fchmodSync(file, mode);
    writeWhole(file, typeof bytes === "string" ? Buffer.from(bytes) : bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** The system may take a part of a write; a key cut short is no key. */
function writeWhole(file: number, bytes: Buffer): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done, bytes.length - done, done);
}

/** Names made, changed or taken away in a folder survive a power cut. Windows keeps names with the file and opens no folder. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const opened = openSync(folder, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
