import { errorCode } from "#core/error-code.ts";
import { existsSync } from "node:fs";
import { mkdir, rm, stat, statfs } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { DryRun, RestoreRefusal } from "#contract/backup/dry-run.ts";
import type { BackupManifest } from "#contract/backup/manifest.ts";
import type { StageRestoreJob } from "#contract/worker/backup-messages.ts";
import { floorAfterRestore } from "#core/backup/numbers-after.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { formatSaleNumber } from "#core/sale/sale-number.ts";
import { type ArchiveFault, sizeOf } from "#main/backup/archive.ts";
import { peekArchive, putText, readArchive } from "#main/backup/archive-files.ts";
import { restoreFolder, stagedManifest } from "#main/backup/restore-folder.ts";
import { type BooksFacts, checkBooks } from "#main/store/backup/check-books.ts";
import { compareBooks, type HereBooks, numbersIn } from "#main/store/backup/compare-books.ts";
import { managerOf } from "#main/store/backup/manager-of.ts";
import { salesMigrations } from "#main/store/sales/open-sales-store.ts";
import type { Hands } from "../workbench.ts";
import { keepAlive } from "./keep-alive.ts";

/** Left free on this machine's disk. Bytes. */
const reserveBytes = 256 << 20;

type Verdict<T> = Result<T, RestoreRefusal>;

/**
 * A dry run: unpacks a backup beside the present data, reads every byte of it, checks its books, and says in figures what a
 * restore would bring and take. The present data is only read.
 */
export async function stageRestore(job: StageRestoreJob, hands: Hands): Promise<Verdict<DryRun>> {
  const work = restoreFolder(job.dataDir);
  await rm(work, { recursive: true, force: true });
  const staged = await unpackAndLook(job, work, hands);
  if (!staged.ok) await rm(work, { recursive: true, force: true });
  return staged;
}

async function unpackAndLook(job: StageRestoreJob, work: string, hands: Hands): Promise<Verdict<DryRun>> {
  try {
    const peeked = await keepAlive(hands, [0, 0.05], () => peekArchive(job.file));
    if (!peeked.ok) return fail(refusalOf(peeked.fault));
    const unfit = refusedAtOnce(job, peeked.value);
    if (unfit !== null) return fail(unfit);
    const needs = sizeOf(peeked.value) + reserveBytes;
    const room = await statfs(job.dataDir);
    if (room.bavail * room.bsize < needs) return fail({ kind: "no-room", needs });
    const manifest = await unpack(job.file, peeked.value, work, hands);
    if (!manifest.ok) return manifest;
    const facts = await checkBooks(join(work, "sales.db"), "whole-chain", () => hands.pause(0.8));
    if (!facts.ok) {
      return fail(
        facts.fault.kind === "damaged" ? facts.fault : { kind: "newer-version", madeBy: manifest.value.madeBy },
      );
    }
    // The sums were right, so this is a file that somebody has made: its own words and its books differ.
    const { terminalId, journal } = manifest.value;
    if (facts.value.terminalId !== terminalId || facts.value.journal.hash !== journal.hash)
      return fail({ kind: "damaged", where: "manifest and books differ" });
    await putText(join(work, stagedManifest), JSON.stringify(manifest.value));
    return ok(await dryRunOf(job, manifest.value, facts.value, work));
  } catch (cause) {
    const code = errorCode(cause);
    if (!/^E[A-Z0-9]+$/.test(code)) throw cause;
    return fail(code === "ENOSPC" ? { kind: "no-room", needs: reserveBytes } : { kind: "unreadable", code });
  }
}

function refusedAtOnce(job: StageRestoreJob, manifest: BackupManifest): RestoreRefusal | null {
  const { terminalId, storeVersion, madeBy, isDemo } = manifest;
  if (storeVersion > salesMigrations.length) return { kind: "newer-version", madeBy };
  if (isDemo && !job.isDemo) return { kind: "demo-backup" };
  if (terminalId !== job.terminalId && !isForNewMachine(job, manifest))
    return { kind: "wrong-terminal", found: terminalId, expected: job.terminalId };
  return null;
}

function isForNewMachine(job: StageRestoreJob, manifest: BackupManifest): boolean {
  return job.isDemo && !manifest.isDemo;
}

function refusalOf(fault: ArchiveFault): RestoreRefusal {
  return fault.kind === "newer-format" ? { kind: "newer-version", madeBy: "" } : fault;
}

async function unpack(
  file: string,
  peeked: BackupManifest,
  work: string,
  hands: Hands,
): Promise<Verdict<BackupManifest>> {
  const folders = new Set([work, ...peeked.files.map(({ name }) => dirname(join(work, name)))]);
  for (const folder of folders) await mkdir(folder, { recursive: true, mode: 0o700 });
  const read = await keepAlive(hands, [0.05, 0.75], (check) =>
    readArchive(file, ({ name }) => join(work, name), check),
  );
  return read.ok ? read : fail(refusalOf(read.fault));
}

async function dryRunOf(
  job: StageRestoreJob,
  manifest: BackupManifest,
  facts: BooksFacts,
  work: string,
): Promise<DryRun> {
  const back = join(work, "sales.db");
  const isNewMachine = isForNewMachine(job, manifest);
  // Another shop's books, the demo store's: nothing of them is missed.
  const here = isNewMachine ? null : compareBooks(back, join(job.dataDir, "sales.db"));
  const arePinsSame = manifest.pinMark === job.pinMark;
  const hasGoods = manifest.files.some(({ name }) => name === "catalog.db");
  const mustBring = isNewMachine || !existsSync(join(job.dataDir, "catalog.db"));
  return {
    back: {
      ...{ name: basename(job.file).slice(0, 255), size: (await stat(job.file)).size, madeAtMs: manifest.madeAtMs },
      ...{ why: manifest.why, madeBy: manifest.madeBy, terminalId: manifest.terminalId },
      ...{ shopZh: manifest.shop.nameZh, shopEn: manifest.shop.nameEn, journalAtMs: facts.journal.atMs },
      ...{ entryCount: facts.entryCount, saleCount: facts.saleCount, lastSaleNumber: facts.lastSaleNumber },
    },
    here: here === null ? null : shownOf(here),
    officeHasMore: here === null ? null : here.officeHasMore,
    nextSaleNumber: formatSaleNumber(
      manifest.terminalId,
      floorsOf(back, here, facts.journal.atMs, job.nowMs).saleNumber + 1,
    ),
    pins: arePinsSame ? "same" : "new",
    firstManager: arePinsSame ? null : managerOf(back),
    isNewMachine,
    goods: hasGoods ? (mustBring ? "must-bring" : "may-bring") : "none",
  };
}

function shownOf(here: HereBooks): DryRun["here"] {
  const { saleCount, lastSaleNumber, lostSales, lostSalesFen, lostRefunds, lostEntries } = here;
  return { saleCount, lastSaleNumber, lostSales, lostSalesFen, lostRefunds, lostEntries };
}

/** Several requests to the gateway may belong to one sale. */
const attemptsPerSale = 3;

/** Below which numbers none is given any more. */
export function floorsOf(
  back: string,
  here: HereBooks | null,
  backupAtMs: number,
  nowMs: number,
): { readonly saleNumber: number; readonly attemptNumber: number } {
  const { saleNumber, attemptNumber, mostInDay } = numbersIn(back);
  const past = { backupAtMs, nowMs };
  return {
    saleNumber: floorAfterRestore({ ...past, inBackup: saleNumber, here: here?.saleNumber ?? null, mostInDay }),
    attemptNumber: floorAfterRestore({
      ...{ ...past, inBackup: attemptNumber, here: here?.attemptNumber ?? null },
      mostInDay: mostInDay * attemptsPerSale,
    }),
  };
}
