// A till that is backed up and restored, in its own process so that its calls to the disk can be recorded:
// `node backup-keeper.ts DIRECTORY careful|careless`. Careless is the control: it names a backup that it never flushed,
// and renames unflushed books over those that are there.
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { sampleReceipt, sampleSale, sampleShift } from "#bench/support/sample-sale.ts";
import { assert } from "#core/result.ts";
import { finishRestore, orderRestore } from "#main/backup/put-back.ts";
import { syncDirectoryOf } from "#main/store/connection.ts";
import { makeBackup } from "#main/worker/backup/make-backup.ts";
import { sealRestore } from "#main/worker/backup/seal-restore.ts";
import { stageRestore } from "#main/worker/backup/stage-restore.ts";
import { backupAtMs, freeHands, makeJob, openStoreAt, stageJob } from "#main/worker/backup/testing-backup.ts";
import { type AcknowledgedSale, promisesFile } from "./disk-op.ts";

const [directory = "", manner = ""] = process.argv.slice(2);
const promises = openSync(join(directory, promisesFile), "w");
const places = { dataDir: join(directory, "data"), folder: join(directory, "stick") };
const { dataDir, folder } = places;
mkdirSync(dataDir);
mkdirSync(folder);
const nowMs = backupAtMs + 3_600_000;

let store = openStoreAt(dataDir);
store.putCashier({ id: "m1", name: "李敏", role: "manager" }, "hash");
store.openShift(sampleShift);
sell("a", "b", "c");
const made = await makeBackup(makeJob(places), freeHands);
assert(made.ok, "the backup is made");
const { name } = made.value;
promise(`backup ${name}`);
if (manner === "careless") {
  const careless = join(folder, name.replace("20261126", "20261125"));
  const file = openSync(`${careless}.part`, "w");
  writeSync(file, readFileSync(join(folder, name)), 0, undefined, 0);
  closeSync(file);
  renameSync(`${careless}.part`, careless);
}
sell("d", "e");
const staged = await stageRestore(stageJob(dataDir, join(folder, name)), freeHands);
assert(staged.ok, "the backup fits");
const { names } = await sealRestore({
  ...{ kind: "backup-seal", dataDir, nowMs, by: "m1", withGoods: false, pinHash: null, isNewMachine: false },
});
if (manner === "careless") {
  store.close();
  const books = join(dataDir, "sales.db");
  const file = openSync(`${books}.new`, "w");
  writeSync(file, readFileSync(join(dataDir, "restore-work", "sales.db")), 0, undefined, 0);
  closeSync(file);
  renameSync(`${books}.new`, books);
  // The name is on the disk, and what it names is not.
  syncDirectoryOf(books);
} else {
  orderRestore(dataDir, names, nowMs);
  promise("ordered");
  store.close();
  finishRestore(dataDir);
  store = openStoreAt(dataDir);
  sell("f");
}

function sell(...ids: readonly string[]): void {
  for (const saleId of ids) {
    store.commitSale(saleId, (saleNumber) => sampleSale({ saleId, saleNumber, lineCount: 2 }), null, sampleReceipt);
    promise(saleId);
  }
}

function promise(saleId: string): void {
  const line: AcknowledgedSale = { saleId, saleNumber: "", totalFen: 0, journalHash: "" };
  writeSync(promises, `${JSON.stringify(line)}\n`);
}
