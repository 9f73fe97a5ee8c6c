import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { verifyArchive } from "#main/backup/archive-files.ts";
import { finishRestore } from "#main/backup/put-back.ts";
import { openSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { DiskOp } from "#tests/crash/power-loss/disk-op.ts";
import { recordProgram } from "#tests/crash/power-loss/record-seller.ts";
import { type PowerLossKind, powerLossKinds, SimulatedDisk } from "#tests/crash/power-loss/simulated-disk.ts";
import { pick, type Random, seededRandom } from "#tests/support/random.ts";

const soldBefore = ["a", "b", "c"];
const soldSince = ["d", "e"];

/** What the next start finds, in words; "" where everything that was promised is so. */
async function wrongIn(directory: string, promised: ReadonlySet<string>): Promise<string> {
  const [dataDir, stick] = [join(directory, "data"), join(directory, "stick")];
  for (const name of existsSync(stick) ? readdirSync(stick) : []) {
    if (!name.endsWith(".tar")) continue;
    if (!(await verifyArchive(join(stick, name), async () => {})).ok) return "a backup that is not whole has its name";
  }
  for (const promise of promised) {
    const [, name] = promise.split("backup ");
    if (name !== undefined && !existsSync(join(stick, name))) return "a backup that was made is gone";
  }
  if (!existsSync(dataDir)) return "";
  const aside = finishRestore(dataDir);
  const deps = { terminalId: "T01", now: () => 0, newId: () => crypto.randomUUID() };
  const opened = openSalesStore({ ...deps, path: join(dataDir, "sales.db") });
  if (!opened.ok) return `the books do not open: ${opened.fault.kind}`;
  const store = opened.value;
  try {
    if (!store.verifyWholeChain().ok) return "the journal is broken";
    const has = (saleId: string): boolean => store.sale(saleId) !== null;
    const epochs = store.outbox.positions().length;
    if (epochs > 2) return "more epochs than restores";
    const isRestored = epochs === 2;
    if (promised.has("ordered") && !isRestored) return "an ordered restore is forgotten";
    const wanted = [...promised].filter((id) => id.length === 1 && !(isRestored && soldSince.includes(id)));
    const lost = wanted.filter((saleId) => !has(saleId));
    if (lost.length > 0) return `sales are lost: ${lost.join(" ")}`;
    if (isRestored && (!soldBefore.every(has) || soldSince.some(has))) return "neither the old books nor the restored";
    return aside === null || hasSetAside(aside) ? "" : "what was set aside is not whole";
  } finally {
    store.close();
  }
}

/** The books that were there are whole where they were put. */
function hasSetAside(aside: string): boolean {
  const opened = openSalesStore({ path: join(aside, "sales.db"), terminalId: "T01", now: () => 0, newId: () => "" });
  if (!opened.ok) return false;
  const isWhole = [...soldBefore, ...soldSince].every((saleId) => opened.value.sale(saleId) !== null);
  opened.value.close();
  return isWhole;
}

function layOut(files: ReadonlyMap<string, Buffer>, directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), bytes);
  }
}

/** Of the calls that change no name, in all. */
const plainCuts = 60;

/** After each change of a name two kinds of loss, and one after some of the writes and flushes, of which there are thousands. */
function kindsAfter(op: DiskOp, share: number, random: Random): readonly PowerLossKind[] {
  const anyKind = (): PowerLossKind => powerLossKinds[pick(random, powerLossKinds.length)] ?? "none";
  if (["rename", "remove", "sync-folder", "sync-names"].includes(op.kind)) return ["none", anyKind()];
  return random() < share ? [anyKind()] : [];
}

async function cutEverywhere(
  manner: "careful" | "careless",
): Promise<{ readonly states: number; readonly wrong: ReadonlySet<string> }> {
  const scratch = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "tillway-backup-power-"));
  try {
    const kept = join(scratch, "kept");
    mkdirSync(kept);
    const ops = await recordProgram(kept, "backup-keeper.ts", [manner]);
    const disk = new SimulatedDisk();
    const random = seededRandom(7);
    const promised = new Set<string>();
    const wrong = new Set<string>();
    const share = plainCuts / ops.length;
    let states = 0;
    for (const op of ops) {
      if (op.kind === "acknowledged") promised.add(op.sale.saleId);
      disk.apply(op);
      for (const kind of kindsAfter(op, share, random)) {
        layOut(disk.afterPowerLoss(kind, random), join(scratch, "found"));
        const what = await wrongIn(join(scratch, "found"), promised);
        if (what !== "") wrong.add(what);
        states += 1;
      }
    }
    return { states, wrong };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

it("a power cut at any write of a backup or a restore leaves whole backups, and the old books or the restored", async () => {
  const { states, wrong } = await cutEverywhere("careful");
  expect([...wrong]).toEqual([]);
  expect(states).toBeGreaterThan(100);
}, 400_000);

it("a backup that is named before it is flushed, and a restore over the present books, are found out by the same cuts", async () => {
  const { wrong } = await cutEverywhere("careless");
  expect([...wrong]).toContain("a backup that is not whole has its name");
  expect([...wrong].filter((what) => what.startsWith("the books") || what.startsWith("sales are lost"))).not.toEqual(
    [],
  );
}, 400_000);
