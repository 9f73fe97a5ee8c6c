import { errorCode } from "#core/error-code.ts";
import { open, rm, statfs } from "node:fs/promises";
import { join } from "node:path";

/** As a commit writes: one page. Bytes. */
const pageBytes = 4_096;

/** What a plain user may still write on the disk with `folder`, and how large it is, bytes. */
export async function diskSpace(folder: string): Promise<{ readonly freeBytes: number; readonly totalBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** Writes one page into `folder`, flushes it and takes it away again: whole milliseconds, or the system's code for why not. */
export async function writeProbe(folder: string): Promise<{ readonly tookMs: number } | { readonly code: string }> {
  const path = join(folder, "health-probe");
  const beganMs = performance.now();
  try {
    const file = await open(path, "w", 0o600);
    try {
      await file.write(Buffer.alloc(pageBytes, 0x5a));
      await file.sync();
    } finally {
      await file.close();
    }
    return { tookMs: Math.round(performance.now() - beganMs) };
  } catch (cause) {
    return { code: codeOf(cause) };
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}

/** The system's name of an error, such as ENOSPC. */
export function codeOf(cause: unknown): string {
  const code = errorCode(cause);
  return /^E[A-Z0-9]{2,20}$/.test(code) ? code : "unknown";
}
