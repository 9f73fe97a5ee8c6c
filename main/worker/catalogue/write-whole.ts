import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";

/** Writes a file that appears when it is whole; a cut or an error of `work` leaves what was there before. */
export async function writeWhole(
  target: string,
  work: (write: (text: string) => void) => Promise<void>,
): Promise<void> {
  const unfinished = `${target}.part`;
  try {
    const file = openSync(unfinished, "w", 0o600);
    try {
      await work((text) => void writeSync(file, text));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, target);
  } catch (cause) {
    rmSync(unfinished, { force: true });
    throw cause;
  }
}
