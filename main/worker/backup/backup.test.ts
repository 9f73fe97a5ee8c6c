import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleCart, sampleReceipt, sampleSale, sampleShift } from "#bench/support/sample-sale.ts";
import { ok } from "#core/result.ts";
import { verifyArchive } from "#main/backup/archive-files.ts";
import { finishRestore, orderRestore } from "#main/backup/put-back.ts";
import { createWorker } from "#main/jobs/create-worker.ts";
import { spawnNodeWorker } from "#main/jobs/testing-worker.ts";
import type { OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import { realClock } from "#tests/support/device-host.ts";
import { until } from "#tests/support/poll.ts";
import { listBackups } from "./folder.ts";
import { makeBackup } from "./make-backup.ts";
import { sealRestore } from "./seal-restore.ts";
import { stageRestore } from "./stage-restore.ts";
import {
  backupAtMs,
  freeHands,
  makeJob,
  openPlaces,
  openStoreAt,
  pinMark,
  putImage,
  stageJob,
} from "./testing-backup.ts";

const dayMs = 86_400_000;
let places: ReturnType<typeof openPlaces>;
let store: OpenSalesStore;

beforeEach(() => {
  places = openPlaces();
  store = openStoreAt(places.dataDir);
  store.putCashier({ id: "c1", name: "王芳", role: "cashier" }, "hash-of-c1");
  store.putCashier({ id: "m1", name: "李敏", role: "manager" }, "hash-of-m1");
  store.openShift(sampleShift);
  sell("a", "b", "c");
});
afterEach(() => {
  store.close();
  places.remove();
});

function sell(...ids: readonly string[]): void {
  for (const saleId of ids)
    store.commitSale(saleId, (saleNumber) => sampleSale({ saleId, saleNumber, lineCount: 2 }), null, sampleReceipt);
}

async function made(madeAtMs = backupAtMs) {
  const end = await makeBackup(makeJob(places, madeAtMs), freeHands);
  if (!end.ok) throw new Error(end.fault);
  return { ...end.value, path: join(places.folder, end.value.name) };
}

const seal = {
  ...({ kind: "backup-seal", nowMs: backupAtMs + dayMs, by: "m1" } as const),
  ...{ withGoods: false, pinHash: null, isNewMachine: false },
};

/** Examines, makes ready, orders, and starts again. */
async function restore(file: string, more: { readonly pinHash?: string } = {}) {
  const { dataDir } = places;
  const staged = await stageRestore(stageJob(dataDir, file), freeHands);
  if (!staged.ok) throw new Error(JSON.stringify(staged.fault));
  const sealed = await sealRestore({ ...seal, ...more, dataDir });
  orderRestore(dataDir, sealed.names, backupAtMs + dayMs);
  store.close();
  const aside = finishRestore(dataDir);
  store = openStoreAt(dataDir);
  return { dryRun: staged.value, sealed, aside: aside ?? "" };
}

describe("a backup", () => {
  it("is one file, whole, of the books as they were, and nothing else stays behind", async () => {
    const { sum, folder } = putImage(places.dataDir, Buffer.from("an image"));
    writeFileSync(join(folder, `${"0".repeat(64)}.webp`), "not what its name says");
    const { name, saleCount, lastSaleNumber, journal, path } = await made();
    expect({ name, saleCount, lastSaleNumber }).toEqual({
      ...{ name: "tillway-T01-20261126T143000Z.tar", saleCount: 3, lastSaleNumber: "T01-000003" },
    });
    expect(journal.hash).toBe(store.journalStatus().lastHash);
    expect(readdirSync(places.folder)).toEqual([name]);
    expect(existsSync(join(places.dataDir, "backup-work"))).toBe(false);
    const verified = await verifyArchive(path, async () => {});
    expect(verified.ok && verified.value.files.map((file) => file.name)).toEqual([
      ...["sales.db", "settings.json", `item-images/${sum.slice(0, 2)}/${sum}.webp`],
    ]);
  });

  it("holds none of the till's secrets", async () => {
    const secrets = ["pin-pepper.key", "device-key.json", "device-key.account", "kept-keys.json", "backup.json"];
    for (const name of secrets) writeFileSync(join(places.dataDir, name), `the secret of ${name}`);
    const bytes = readFileSync((await made()).path).toString("latin1");
    for (const name of secrets) expect(bytes).not.toContain(`the secret of ${name}`);
  });

  it("has one picture of the books, whatever is sold while it is copied", async () => {
    let sold = 0;
    const check = (): void => {
      sell(`meanwhile-${(sold += 1)}`);
    };
    const end = await makeBackup(makeJob(places), { ...freeHands, check });
    expect(sold).toBeGreaterThan(0);
    expect(end.ok && end.value.saleCount).toBe(3);
  });

  it("is found out by any byte that is another, wherever it lies", async () => {
    const { path } = await made();
    const good = readFileSync(path);
    const step = 997;
    // Every header and its neighbourhood, and the rest by a step that is no power of two.
    const places = [
      ...Array.from({ length: 1_600 }, (_, at) => at),
      ...Array.from({ length: Math.floor(good.length / step) }, (_, n) => n * step),
    ];
    for (const [turn, at] of [...places, ...Array.from({ length: 1_024 }, (_, n) => good.length - 1 - n)].entries()) {
      if (turn % 7 !== 0 && at > 600) continue;
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ 0x10;
      writeFileSync(path, bad);
      const verdict = await verifyArchive(path, async () => {});
      expect(verdict.ok, `byte ${at}`).toBe(false);
    }
    writeFileSync(path, good);
    expect((await verifyArchive(path, async () => {})).ok).toBe(true);
  });

  it("goes by rotation only where it is this till's and whole; the newest never", async () => {
    for (let days = 12; days > 0; days -= 1) await made(backupAtMs - days * dayMs);
    const [oldest = ""] = readdirSync(places.folder).toSorted();
    const foreign = [
      "tillway-T02-20200101T000000Z.tar",
      "notes.txt",
      "tillway-T01-backup.tar",
      "tillway-T02-20200101T000000Z.tar.part",
    ];
    for (const name of foreign) writeFileSync(join(places.folder, name), "somebody's");
    const broken = "tillway-T01-20200101T000000Z.tar";
    writeFileSync(join(places.folder, broken), readFileSync(join(places.folder, oldest)).subarray(0, 9_000));
    writeFileSync(join(places.folder, `${broken}.part`), "what a power cut left");
    const { name, removed } = await made();
    const left = readdirSync(places.folder);
    expect(removed).toBeGreaterThan(0);
    expect(left).toEqual(expect.arrayContaining([name, broken, ...foreign]));
    expect(left).not.toContain(`${broken}.part`);
    const listed = await listBackups(places.folder, "T01", async () => {});
    expect(listed.map((one) => one.isWhole)).toEqual([...listed.slice(1).map(() => true), false]);
    expect(listed[0]?.name).toBe(name);
  });

  it("is refused with what to do where the folder is away, inside the data, or no folder", async () => {
    const job = makeJob(places);
    const of = async (folder: string) => {
      const end = await makeBackup({ ...job, folder }, freeHands);
      return end.ok ? "made" : end.fault;
    };
    mkdirSync(join(places.dataDir, "inside"));
    writeFileSync(join(places.root, "a-file"), "");
    expect(await of(join(places.root, "none"))).toBe("folder-away");
    expect(await of(join(places.root, "a-file"))).toBe("folder-away");
    expect(await of(join(places.dataDir, "inside"))).toBe("folder-inside");
    expect(await of(places.dataDir)).toBe("folder-inside");
    expect(await of(places.root)).toBe("made");
  });

  it("leaves nothing named where the stick goes in the middle, and is made when it is back", async () => {
    let looks = 0;
    const pause = async (share: number): Promise<void> => {
      looks += 1;
      if (share > 0.4) rmSync(places.folder, { recursive: true, force: true });
    };
    const end = await makeBackup(makeJob(places), { ...freeHands, pause });
    expect(looks).toBeGreaterThan(1);
    expect(end).toEqual({ ok: false, fault: "folder-away" });
    mkdirSync(places.folder);
    expect((await made()).saleCount).toBe(3);
  });

  it.each([
    ["ENOSPC", "folder-full"],
    ["EROFS", "folder-read-only"],
    ["EIO", "folder-broken"],
    ["ETIMEDOUT", "folder-broken"],
  ] as const)(
    "leaves nothing behind where the disk says %s half-way, and harms no earlier one",
    async (code, fault) => {
      const earlier = await made(backupAtMs - dayMs);
      const pause = async (share: number): Promise<void> => {
        if (share > 0.5) throw Object.assign(new Error(code), { code });
      };
      expect(await makeBackup(makeJob(places), { ...freeHands, pause })).toEqual({ ok: false, fault });
      expect(readdirSync(places.folder)).toEqual([earlier.name]);
      expect((await verifyArchive(earlier.path, async () => {})).ok).toBe(true);
      expect(existsSync(join(places.dataDir, "backup-work"))).toBe(false);
    },
  );

  it("whose worker is killed half-way is made by the next one, and nothing of the first stays", async () => {
    // Enough to write that it is seen under way.
    putImage(places.dataDir, Buffer.alloc(48 << 20, 7));
    let child: ReturnType<typeof spawnNodeWorker> | null = null;
    const spawn = () => (child = spawnNodeWorker());
    const worker = createWorker({
      spawn,
      clock: realClock,
      log: () => {},
      limits: { silentMs: 60_000, startMs: 60_000 },
    });
    const killed = until("the backup is being written", () => {
      const isWriting = readdirSync(places.folder).some((name) => name.endsWith(".part"));
      if (isWriting) child?.kill();
      return isWriting;
    });
    const end = await worker.run(makeJob(places));
    await killed;
    worker.stop();
    expect(end).toMatchObject({ ok: true, value: { of: "backup-make", saleCount: 3 } });
    expect(readdirSync(places.folder)).toEqual(["tillway-T01-20261126T143000Z.tar"]);
    expect(existsSync(join(places.dataDir, "backup-work"))).toBe(false);
  }, 180_000);

  it("is not made of books that are damaged, and says so", async () => {
    sell(...Array.from({ length: 60 }, (_, n) => `more-${n}`));
    const damaged = openPlaces();
    const bytes = readFileSync((await made()).path);
    damaged.remove();
    expect(bytes.length).toBeGreaterThan(100_000);
    store.close();
    const path = join(places.dataDir, "sales.db");
    const file = readFileSync(path);
    // A page of some table: what SQLite reads there is no page any more.
    file.fill(0x5a, 4_096 * 20, 4_096 * 24);
    writeFileSync(path, file);
    const end = await makeBackup(makeJob(places, backupAtMs + 1_000), freeHands);
    expect(end).toEqual({ ok: false, fault: "books-damaged" });
    expect(readdirSync(places.folder)).toHaveLength(1);
    writeFileSync(path, "");
    rmSync(path);
    store = openStoreAt(places.dataDir);
  });
});

describe("a dry run", () => {
  it("says in figures what would come back and what would be lost, and changes nothing", async () => {
    const { path } = await made();
    sell("d", "e");
    const before = store.journalStatus();
    const staged = await stageRestore(stageJob(places.dataDir, path), freeHands);
    expect(staged).toMatchObject(
      ok({
        back: { terminalId: "T01", saleCount: 3, lastSaleNumber: "T01-000003", shopZh: "蜂鸟便利" },
        here: { saleCount: 5, lastSaleNumber: "T01-000005", lostSales: 2, lostEntries: 2, lostRefunds: 0 },
        ...{ officeHasMore: 0, nextSaleNumber: "T01-000006", pins: "same", firstManager: null },
        ...{ isNewMachine: false, goods: "none" },
      }),
    );
    expect(store.journalStatus()).toEqual(before);
  });

  it("refuses another till's, a demo's, a newer version's, a half-copied and a damaged one, each in its own word", async () => {
    const { path } = await made();
    const why = async (file: string, more = {}) => {
      const end = await stageRestore(stageJob(places.dataDir, file, more), freeHands);
      expect(existsSync(join(places.dataDir, "restore-work"))).toBe(false);
      return end.ok ? null : end.fault;
    };
    expect(await why(path, { terminalId: "T02" })).toEqual({ kind: "wrong-terminal", found: "T01", expected: "T02" });
    const good = readFileSync(path);
    const copy = join(places.root, "copy.tar");
    const bad = Buffer.from(good);
    bad[60_000] = (bad[60_000] ?? 0) ^ 1;
    writeFileSync(copy, bad);
    expect(await why(copy)).toEqual({ kind: "damaged", where: "sales.db" });
    writeFileSync(copy, good);
    truncateSync(copy, 50_000);
    expect(await why(copy)).toEqual({ kind: "cut-short", size: 50_000, expected: good.length });
    writeFileSync(copy, "a letter to the bank");
    expect(await why(copy)).toEqual({ kind: "not-a-backup" });
    expect(await why(join(places.root, "none.tar"))).toEqual({ kind: "unreadable", code: "ENOENT" });
    const demo = makeJob(places, backupAtMs + 60_000);
    const demoMade = await makeBackup({ ...demo, of: { ...demo.of, isDemo: true } }, freeHands);
    expect(demoMade.ok && (await why(join(places.folder, demoMade.value.name)))).toEqual({ kind: "demo-backup" });
    const newer = new Database(join(places.dataDir, "sales.db"));
    newer.pragma("user_version = 9999");
    newer.close();
    const end = await makeBackup(makeJob(places, backupAtMs + 120_000), freeHands);
    expect(end).toEqual({ ok: false, fault: "books-damaged" });
  });
});

describe("a restore", () => {
  it("brings the books back under a new epoch, passes over the numbers given since, and sets the present ones aside", async () => {
    const before = store.journalStatus();
    const { path } = await made();
    sell("d", "e");
    const { aside, sealed } = await restore(path);
    const status = store.journalStatus();
    expect(status.epoch).toBe(sealed.epoch);
    expect(status.epoch).not.toBe(before.epoch);
    expect(status.lastSeq).toBe(2);
    expect(store.verifyWholeChain().ok).toBe(true);
    expect(store.sale("c")).not.toBeNull();
    expect(store.sale("d")).toBeNull();
    sell("f");
    expect(store.sale("f")?.sale.saleNumber).toBe("T01-000006");
    const kinds = new Database(join(places.dataDir, "sales.db"), { readonly: true });
    const last = kinds
      .prepare<[], { kind: string; body: Buffer }>(
        "SELECT kind, body FROM journal WHERE epoch = (SELECT epoch FROM meta) ORDER BY seq LIMIT 2",
      )
      .all();
    kinds.close();
    expect(last.map(({ kind }) => kind)).toEqual(["epoch-opened", "backup-restored"]);
    expect(JSON.parse(String(last[0]?.body))).toMatchObject({
      why: "restored",
      previous: { epoch: before.epoch, seq: before.lastSeq, hash: before.lastHash },
    });
    expect(JSON.parse(String(last[1]?.body))).toMatchObject({ by: "m1", setAside: { sales: 2, last: "T01-000005" } });
    const old = openStoreAt(aside);
    expect(old.sale("e")).not.toBeNull();
    old.close();
    expect(finishRestore(places.dataDir)).toBeNull();
  });

  it("brings no sale again that was put aside and is over by now, but for one of which a payment was begun", async () => {
    for (const saleId of ["sold-since", "still-here", "paid-for"]) {
      const cart = sampleCart(saleId, 1);
      store.saveDraft({ cart, tenders: [], cashierId: "c1", state: "held", label: "", updatedAtMs: 1 });
    }
    const begun = new Database(join(places.dataDir, "sales.db"));
    begun.exec(`INSERT INTO attempts (out_trade_no, sale_id, tender_id, kind, state, amount_fen, created_at_ms, body)
      VALUES ('n1', 'paid-for', 't1', 'codepay', 'failed', 1, 1, '{}')`);
    begun.close();
    const { path } = await made();
    sell("sold-since");
    store.discardDraft("paid-for", { kind: "sale-voided", body: {} });
    const { sealed } = await restore(path);
    expect(store.heldDrafts().map(({ cart }) => cart.saleId)).toEqual(["paid-for", "still-here"]);
    const db = new Database(join(places.dataDir, "sales.db"), { readonly: true });
    const word = db.prepare<[string], Buffer>("SELECT body FROM journal WHERE epoch = ? AND seq = 2").pluck();
    expect(JSON.parse(String(word.get(sealed.epoch)))).toMatchObject({ draftsOver: ["sold-since"] });
    db.close();
  });

  it("asks about papers that waited: nobody knows whether they were printed since", async () => {
    expect(store.unfinishedPrintJobs().every(({ state }) => state === "queued")).toBe(true);
    await restore((await made()).path);
    expect(store.unfinishedPrintJobs().map(({ state }) => state)).toEqual(["unknown", "unknown", "unknown"]);
  });

  it("on another machine gives one manager a new PIN and nobody else, and says so before", async () => {
    const { path } = await made();
    const staged = await stageRestore(stageJob(places.dataDir, path, { pinMark: "f".repeat(16) }), freeHands);
    expect(staged.ok && staged.value).toMatchObject({ pins: "new", firstManager: "李敏" });
    await restore(path, { pinHash: "hash-of-the-new-pin" });
    expect(store.listPinRecords().map(({ cashier, pinHash }) => [cashier.id, pinHash])).toEqual([
      ["c1", ""],
      ["m1", "hash-of-the-new-pin"],
    ]);
    expect(pinMark).not.toBe("f".repeat(16));
  });

  it("of books nobody can read here goes far ahead with its numbers", async () => {
    const { path } = await made();
    store.close();
    writeFileSync(join(places.dataDir, "sales.db"), "this was a database once");
    for (const end of ["-wal", "-shm"]) rmSync(join(places.dataDir, `sales.db${end}`), { force: true });
    const staged = await stageRestore(stageJob(places.dataDir, path), freeHands);
    expect(staged.ok && staged.value).toMatchObject({ here: null, officeHasMore: null, nextSaleNumber: "T01-003001" });
    const { aside } = await restore(path);
    expect(readFileSync(join(aside, "sales.db"), "utf8")).toBe("this was a database once");
    sell("f");
    expect(store.sale("f")?.sale.saleNumber).toBe("T01-003001");
  });

  it("that was never ordered is nothing: the next start takes away what it had unpacked", async () => {
    const { path } = await made();
    await stageRestore(stageJob(places.dataDir, path), freeHands);
    await sealRestore({ ...seal, dataDir: places.dataDir });
    const before = store.journalStatus();
    store.close();
    expect(finishRestore(places.dataDir)).toBeNull();
    store = openStoreAt(places.dataDir);
    expect(store.journalStatus()).toEqual(before);
    expect(existsSync(join(places.dataDir, "restore-work"))).toBe(false);
    expect(statSync(path).isFile()).toBe(true);
  });
});
