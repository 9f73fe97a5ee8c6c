import { errorCode } from "#core/error-code.ts";
import { open, readdir, realpath, rm, stat, statfs } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type FoundBackup, mostFound } from "#contract/worker/backup-messages.ts";
import { peekArchive } from "#main/backup/archive-files.ts";
import { terminalOfName } from "#main/backup/backup-name.ts";

/** Whether a folder takes files, and how well it is apart from the till's data. Throws what the disk says. */
export async function checkFolder(
  folder: string,
  dataDir: string,
): Promise<{ readonly isInside: boolean; readonly isSameDisk: boolean; readonly freeBytes: number }> {
  const [chosen, own] = await Promise.all([realpath(folder), realpath(dataDir)]);
  const way = relative(own, chosen);
  const isInside = way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && way !== chosen);
  const [there, here, room] = await Promise.all([stat(chosen), stat(own), statfs(chosen)]);
  const answer = { isInside, isSameDisk: there.dev === here.dev, freeBytes: room.bavail * room.bsize };
  if (isInside) return answer;
  // Asked by writing: what a folder's rights say and what a stick's lock does are not the same.
  const probe = join(chosen, ".tillway-probe");
  const file = await open(probe, "w", 0o600);
  await file.close();
  await rm(probe, { force: true });
  return answer;
}

/**
 * The backups in a folder, newest first, by their names and manifests; other files are passed over.
 * @param terminalId whose; "" for every till's
 */
export async function listBackups(
  folder: string,
  terminalId: string,
  pause: () => Promise<void>,
): Promise<readonly FoundBackup[]> {
  const names = (await readdir(folder)).filter((name) => {
    const of = terminalOfName(name);
    return of !== null && (terminalId === "" || of === terminalId);
  });
  const found: FoundBackup[] = [];
  for (const name of names.toSorted().toReversed().slice(0, mostFound)) {
    await pause();
    const one = await peek(folder, name);
    if (one !== null) found.push(one);
  }
  return found.toSorted((a, b) => b.madeAtMs - a.madeAtMs);
}

async function peek(folder: string, name: string): Promise<FoundBackup | null> {
  const path = join(folder, name);
  try {
    const [{ size }, manifest] = [await stat(path), await peekArchive(path)];
    if (manifest.ok) {
      const { madeAtMs, why, sales, terminalId } = manifest.value;
      const { count: saleCount, lastNumber: lastSaleNumber } = sales;
      return { name, size, madeAtMs, why, saleCount, lastSaleNumber, terminalId, isWhole: true };
    }
    const stamp = /-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.tar$/.exec(name);
    const [, year, month, day, hour, minute, second] = stamp ?? [];
    const madeAtMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    const of = { terminalId: terminalOfName(name) ?? "", why: "by-hand" as const };
    if (Number.isNaN(madeAtMs)) return null;
    return { ...of, name, size, madeAtMs, saleCount: 0, lastSaleNumber: null, isWhole: false };
  } catch (cause) {
    // Gone between two looks, or not ours to read: not in the list. A folder that is away ends the whole.
    if (["ENOENT", "EACCES", "EPERM", "EISDIR"].includes(errorCode(cause))) return null;
    throw cause;
  }
}
