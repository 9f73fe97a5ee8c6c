import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A start writes about as much: a page or two of each file, and the log's first lines. */
const probeBytes = 65_536;

/**
 * Does once what every part of the till does in its folder: makes a file, fills it, has it synced, removes it.
 * @returns the code the system refused with, such as `ENOSPC`; null where the folder can be used
 */
export function homeRefusal(folder: string): string | null {
  const probe = join(folder, `.probe-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const handle = openSync(probe, "w", 0o600);
    try {
      writeSync(handle, Buffer.alloc(probeBytes));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    rmSync(probe);
    return null;
  } catch (cause) {
    removeQuietly(probe);
    return codeOf(cause);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The disk that refused the file refuses this too; an empty file of this name harms nobody.
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
}
