import { errorCode } from "#core/error-code.ts";
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import type { JobFault } from "#contract/worker/messages.ts";
import { fail, ok, type Result } from "#core/result.ts";

/**
 * Has a file appear when it is whole: written beside its place, on the disk, then named. What is there stays as it was
 * until then, and after a cancel or a disk that refuses nothing is left of the new one.
 */
export async function writeWhole<T>(
  target: string,
  write: (file: number, unfinished: string) => Promise<T>,
): Promise<Result<T, JobFault>> {
  const unfinished = `${target}.part`;
  try {
    const file = openSync(unfinished, "w", 0o600);
    let value: T;
    try {
      value = await write(file, unfinished);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, target);
    return ok(value);
  } catch (cause) {
    rmSync(unfinished, { force: true });
    const code = errorCode(cause);
    if (!code.startsWith("E")) throw cause;
    return fail({ kind: "cannot-write", code });
  }
}
