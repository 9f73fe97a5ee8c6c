import { existsSync } from "node:fs";
import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { backupManifest } from "#contract/backup/manifest.ts";
import { terminalConfigSchema } from "#contract/config/terminal.ts";
import type { SealRestoreJob } from "#contract/worker/backup-messages.ts";
import { assert } from "#core/result.ts";
import { putText, syncFolder } from "#main/backup/archive-files.ts";
import { restoreFolder, stagedManifest } from "#main/backup/restore-folder.ts";
import { imageFolder } from "#main/item-images/copy-images.ts";
import { uuidV7 } from "#main/ids/uuid-v7.ts";
import { compareBooks } from "#main/store/backup/compare-books.ts";
import { draftsOver, dropDrafts } from "#main/store/backup/drafts-over.ts";
import { sealRestored } from "#main/store/backup/seal-restored.ts";
import { floorsOf } from "./stage-restore.ts";

/**
 * Makes what a dry run has unpacked ready to be put in place: the books have begun their new epoch, everything is on the
 * disk. Answers which names take the place of the present ones; nothing has taken it yet. Throws where the books cannot be
 * opened: the dry run has opened them, so the disk refuses now.
 */
export async function sealRestore(job: SealRestoreJob): Promise<{ readonly names: string[]; readonly epoch: string }> {
  const work = restoreFolder(job.dataDir);
  const manifest = backupManifest.parse(JSON.parse(await readFile(join(work, stagedManifest), "utf8")));
  const path = join(work, "sales.db");
  // Looked at again: the till has gone on selling since the dry run.
  const here = job.isNewMachine ? null : compareBooks(path, join(job.dataDir, "sales.db"));
  const floors = floorsOf(path, here, manifest.journal.atMs, job.nowMs);
  // What was put aside then and is over by now would be sold twice.
  const over = here === null ? [] : draftsOver(path, join(job.dataDir, "sales.db"));
  dropDrafts(path, over);
  const { madeAtMs, why, files } = manifest;
  const sealed = sealRestored({
    ...{ path, terminalId: manifest.terminalId, nowMs: job.nowMs, newId: () => uuidV7(job.nowMs), ...floors },
    body: {
      by: job.by,
      backup: { madeAt: new Date(madeAtMs).toISOString(), why },
      setAside:
        here === null ? null : { sales: here.lostSales, salesFen: here.lostSalesFen, last: here.lastSaleNumber },
      ...{ numbersAfter: floors.saleNumber, draftsOver: over },
    },
    pinHash: job.pinHash,
  });
  if (!sealed.ok) throw new Error(`the restored books: ${sealed.fault.kind}`);
  const has = (name: string): boolean => files.some((file) => file.name === name);
  const isMissing = (name: string): boolean => job.isNewMachine || !existsSync(join(job.dataDir, name));
  const names = ["sales.db"];
  if (job.withGoods && has("catalog.db")) names.push("catalog.db");
  if (job.withGoods && existsSync(join(work, imageFolder))) names.push(imageFolder);
  if (job.isNewMachine && has("terminal.json") && (await withoutKeys(join(work, "terminal.json"))))
    names.push("terminal.json");
  if (has("settings.json") && isMissing("settings.json"))
    names.push("settings.json", ...files.map(({ name }) => name).filter((name) => name.startsWith("logo-")));
  else if (job.isNewMachine) {
    // What was set in the demo store is no setting of this shop.
    await putText(join(work, "settings.json"), "{}\n");
    names.push("settings.json");
  }
  await syncAll(work);
  return { names, epoch: sealed.value.epoch };
}

/** WeChat Pay's keys stay on the machine they are on, so its section would only stop the start. False for no terminal.json. */
async function withoutKeys(path: string): Promise<boolean> {
  const text = await readFile(path, "utf8");
  // A till ran on it, so it is an object; the schema below looks again.
  const { wechatPay: _keysAreElsewhere, ...rest } = JSON.parse(text.replace(/^\uFEFF/, "")) as Record<string, unknown>;
  if (!terminalConfigSchema.safeParse(rest).success) return false;
  await putText(path, `${JSON.stringify(rest, null, 2)}\n`);
  return true;
}

/** Every file and every name below, deepest first. */
async function syncAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      await syncAll(path);
      continue;
    }
    assert(entry.isFile(), "only files were unpacked");
    const file = await open(path, "r+");
    await file.sync();
    await file.close();
  }
  syncFolder(folder);
}
