import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { backupFormat, backupManifest, type BackupFile, type BackupManifest } from "#contract/backup/manifest.ts";
import type { BackupTrouble, MadeBackup, MakeBackupJob } from "#contract/worker/backup-messages.ts";
import { surplusBackups } from "#core/backup/rotation.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import {
  ChangedMeanwhile,
  type Check,
  measure,
  publish,
  verifyArchive,
  writeArchive,
} from "#main/backup/archive-files.ts";
import { sizeOf } from "#main/backup/archive.ts";
import { backupName, isUnfinished } from "#main/backup/backup-name.ts";
import { troubleHere, troubleOfFolder } from "#main/backup/trouble-of.ts";
import { imageFolder } from "#main/item-images/copy-images.ts";
import { type BooksFacts, checkBooks } from "#main/store/backup/check-books.ts";
import { copyDatabase } from "#main/store/backup/copy-database.ts";
import type { Hands } from "../workbench.ts";
import { checkFolder, listBackups } from "./folder.ts";
import { keepAlive } from "./keep-alive.ts";

/** Left free on this machine's disk whatever a backup wants: sales go on. Bytes. */
const reserveBytes = 256 << 20;
/** A file changed while it was read is read again; one that changes all the time is told. */
const mostTries = 3;

/** Where copies wait until they are in the folder; nothing in it is ever looked at again. */
const workFolder = (dataDir: string): string => join(dataDir, "backup-work");

type Made<T> = Result<T, BackupTrouble>;

/**
 * One backup: a copy of the books on this machine's disk, checked; then one file in the folder, flushed, read back byte by
 * byte, and only then named; then those that rotation gives up are taken away. Nothing of the till waits for it.
 */
export async function makeBackup(job: MakeBackupJob, hands: Hands): Promise<Made<MadeBackup>> {
  const work = workFolder(job.dataDir);
  try {
    const folder = await inFolder(async () =>
      ok(await keepAlive(hands, [0, 0.02], () => checkFolder(job.folder, job.dataDir))),
    );
    if (!folder.ok) return folder;
    if (folder.value.isInside) return fail("folder-inside");
    for (let tries = 1; ; tries += 1) {
      try {
        const copied = await copyHere(job, work, hands);
        if (!copied.ok) return copied;
        return await inFolder(() => putIntoFolder(job, copied.value, work, hands));
      } catch (cause) {
        if (!(cause instanceof ChangedMeanwhile) || tries === mostTries) throw cause;
      }
    }
  } finally {
    await rm(work, { recursive: true, force: true }).catch(() => {});
  }
}

/** The books and the goods as they are at one moment, and what the manifest says of them and of all other files. */
async function copyHere(job: MakeBackupJob, work: string, hands: Hands): Promise<Made<BackupManifest>> {
  const { dataDir, of } = job;
  try {
    await rm(work, { recursive: true, force: true });
    await mkdir(work, { mode: 0o700 });
    const databases = ["sales.db", "catalog.db"].filter((name) => existsSync(join(dataDir, name)));
    assert(databases.includes("sales.db"), "the till has its books");
    let needs = reserveBytes;
    for (const name of databases) needs += await sizeWithLog(join(dataDir, name));
    const room = await statfs(dataDir);
    if (room.bavail * room.bsize < needs) return fail("no-room-here");
    for (const [index, name] of databases.entries())
      await copyDatabase(join(dataDir, name), join(work, name), (share) => hands.check(0.02 + 0.1 * (index + share)));
    const facts = await checkBooks(join(work, "sales.db"), "end-of-chain", () => hands.pause(0.25));
    if (!facts.ok) return fail("books-damaged");
    const files = await keepAlive(hands, [0.25, 0.35], (check) => measureAll(dataDir, work, databases, check));
    return ok(manifestOf(of, facts.value, files));
  } catch (cause) {
    const trouble = troubleHere(cause);
    if (trouble !== null) return fail(trouble);
    throw cause;
  }
}

async function sizeWithLog(path: string): Promise<number> {
  const log = await stat(`${path}-wal`).catch(() => null);
  return (await stat(path)).size + (log?.size ?? 0);
}

function manifestOf(of: MakeBackupJob["of"], facts: BooksFacts, files: readonly BackupFile[]): BackupManifest {
  // Parsed, so that its members stand in the order in which a reader writes them again.
  return backupManifest.parse({
    ...of,
    format: backupFormat,
    storeVersion: facts.storeVersion,
    journal: facts.journal,
    sales: { count: facts.saleCount, lastNumber: facts.lastSaleNumber },
    files,
  });
}

/** Every file that cannot be made again, in the order in which a restore wants them. */
async function measureAll(
  dataDir: string,
  work: string,
  databases: readonly string[],
  check: Check,
): Promise<readonly BackupFile[]> {
  const alive = (): Promise<void> => check(0.5);
  const files: BackupFile[] = [];
  for (const name of databases) files.push(await measure(name, join(work, name), alive));
  for (const name of ["terminal.json", "settings.json", await logoOf(dataDir)]) {
    if (name !== null && existsSync(join(dataDir, name))) files.push(await measure(name, join(dataDir, name), alive));
  }
  for (const image of await imagesOf(dataDir)) {
    const file = await measure(image, join(dataDir, image), alive);
    // One that is not what its name says is shown by nobody.
    if (image.includes(file.sha256)) files.push(file);
  }
  return files;
}

async function logoOf(dataDir: string): Promise<string | null> {
  const text = await readFile(join(dataDir, "settings.json"), "utf8").catch(() => "");
  return /"(logo-[0-9a-f]{16}\.png)"/.exec(text)?.[1] ?? null;
}

async function imagesOf(dataDir: string): Promise<readonly string[]> {
  const images: string[] = [];
  for (const part of await readdir(join(dataDir, imageFolder)).catch(() => [])) {
    if (!/^[0-9a-f]{2}$/.test(part)) continue;
    const names = await readdir(join(dataDir, imageFolder, part));
    images.push(
      ...names.filter((name) => /^[0-9a-f]{64}\.webp$/.test(name)).map((name) => `${imageFolder}/${part}/${name}`),
    );
  }
  return images.toSorted();
}

async function putIntoFolder(
  job: MakeBackupJob,
  manifest: BackupManifest,
  work: string,
  hands: Hands,
): Promise<Made<MadeBackup>> {
  const name = backupName(manifest.terminalId, manifest.madeAtMs);
  const target = join(job.folder, name);
  const unfinished = `${target}.part`;
  await removeUnfinished(job);
  const room = await statfs(job.folder);
  if (room.bavail * room.bsize < sizeOf(manifest)) return fail("folder-full");
  const isCopy = (file: string): boolean => file.endsWith(".db");
  const pathOf = (file: string): string => join(isCopy(file) ? work : job.dataDir, file);
  await keepAlive(hands, [0.35, 0.7], (check) => writeArchive(unfinished, manifest, pathOf, check));
  const verdict = await keepAlive(hands, [0.7, 0.95], (check) => verifyArchive(unfinished, check));
  if (!verdict.ok) {
    await rm(unfinished, { force: true });
    return fail("not-as-written");
  }
  await publish(unfinished, target);
  const removed = await rotate(job, hands);
  const { sales, journal } = manifest;
  const size = (await stat(target)).size;
  return ok({ name, size, saleCount: sales.count, lastSaleNumber: sales.lastNumber, journal, removed });
}

async function removeUnfinished({ folder, of }: MakeBackupJob): Promise<void> {
  for (const name of await readdir(folder))
    if (isUnfinished(name, of.terminalId)) await rm(join(folder, name), { force: true });
}

/** Only whole backups of this till go, and never the one that was just made; that one stays made whatever becomes of this. */
async function rotate({ folder, of, utcOffsetMinutes }: MakeBackupJob, hands: Hands): Promise<number> {
  const found = await listBackups(folder, of.terminalId, () => hands.pause(0.97));
  const ours = found.filter((one) => one.isWhole && one.terminalId === of.terminalId);
  let removed = 0;
  for (const { name } of surplusBackups(ours, utcOffsetMinutes)) {
    await rm(join(folder, name), { force: true });
    removed += 1;
  }
  return removed;
}

/** What the disk says about the folder becomes a trouble; anything else is thrown on. */
async function inFolder<T>(work: () => Promise<Made<T>>): Promise<Made<T>> {
  try {
    return await work();
  } catch (cause) {
    const trouble = troubleOfFolder(cause);
    if (trouble !== null) return fail(trouble);
    throw cause;
  }
}
