import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * In memory where the system has a place for that: the disk of whoever shares this machine only while it is measured, and must
 * not make the measured one wait.
 */
export const anothersDisk = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/**
 * Runs `work` with a directory of its own and removes it after.
 * @param parent where it lies; left out, on the disk that temporary files are on
 */
export async function inScratchDirectory<T>(
  work: (directory: string) => Promise<T>,
  parent: string = tmpdir(),
): Promise<T> {
  const directory = mkdtempSync(join(parent, "tillway-bench-"));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
