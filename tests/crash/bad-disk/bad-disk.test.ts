import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BadDisk, hasBadDisks, openBadDisk } from "#tests/support/bad-disk/bad-disk.ts";
import { Keeper, type KeeperAnswer } from "./keeper-process.ts";

let folder: string;
let path: string;
let disk: BadDisk;
let keepers: Keeper[];

const done: KeeperAnswer = { kind: "done" };

/** A process of its own on the same file, with the file open in it. */
async function keeper(): Promise<Keeper> {
  const one = new Keeper(disk.env);
  keepers.push(one);
  return one;
}

async function opened(): Promise<Keeper> {
  const one = await keeper();
  expect(await one.ask({ kind: "open", path })).toEqual(done);
  return one;
}

/** A file with a shift and one sale, open. */
async function selling(): Promise<Keeper> {
  const one = await opened();
  expect(await one.ask({ kind: "begin" })).toEqual(done);
  expect(await one.ask({ kind: "sell", saleId: "first" })).toEqual(done);
  return one;
}

if (!hasBadDisks) {
  it("bad disks are not tried where there is no C compiler on Linux", () => expect(hasBadDisks).toBe(false));
} else {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tillway-bad-"));
    path = join(folder, "sales.db");
    disk = openBadDisk();
    keepers = [];
  });
  afterEach(async () => {
    for (const one of keepers) await one.kill();
    disk.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe("a sale whose commit", () => {
    it("finds no space is refused whole, and taken once when there is room, by the same process", async () => {
      const till = await selling();
      disk.refuse({ call: "write", of: "sales.db-wal", errno: "ENOSPC" });
      for (let press = 0; press < 3; press += 1) {
        expect(await till.ask({ kind: "sell", saleId: "next" })).toEqual({
          ...{ kind: "refused", by: "full", code: "SQLITE_FULL", brokenTold: 0 },
        });
      }
      expect(await till.ask({ kind: "sold", saleId: "next" })).toEqual({ kind: "sold", saleNumber: null });
      disk.refuse();
      expect(await till.ask({ kind: "sell", saleId: "next" })).toEqual(done);
      expect(await till.ask({ kind: "sold", saleId: "next" })).toEqual({ kind: "sold", saleNumber: "T01-000002" });
    });

    it.each([
      ["write", "SQLITE_IOERR_WRITE"],
      ["sync", "SQLITE_IOERR_FSYNC"],
    ] as const)(
      "fails to %s once is not acknowledged, and nothing more is before the file is opened anew",
      async (call, code) => {
        const till = await selling();
        disk.refuse({ call, of: "sales.db-wal", errno: "EIO", times: 1 });
        const refused = { kind: "refused", by: "io", code, brokenTold: 1 };
        expect(await till.ask({ kind: "sell", saleId: "next" })).toEqual(refused);
        expect(disk.hits()).toBe(1);
        // The disk is well again, and this process still does not believe it.
        expect(await till.ask({ kind: "sell", saleId: "next" })).toEqual(refused);
        expect(await till.ask({ kind: "sold", saleId: "next" })).toEqual({ kind: "sold", saleNumber: null });
        await till.kill();
        disk.refuse();
        const again = await opened();
        const found = await again.ask({ kind: "sold", saleId: "next" });
        if (found.kind === "sold" && found.saleNumber === null) {
          expect(await again.ask({ kind: "sell", saleId: "next" })).toEqual(done);
        }
        expect(await again.ask({ kind: "sold", saleId: "next" })).toEqual({ kind: "sold", saleNumber: "T01-000002" });
        expect(await again.ask({ kind: "sold", saleId: "first" })).toEqual({ kind: "sold", saleNumber: "T01-000001" });
      },
    );

    it("cannot read what it needs is refused, and the till does not take the old for the new", async () => {
      const till = await selling();
      await till.ask({ kind: "close" });
      const again = await opened();
      // SQLite cannot tell a page that is not read from one that is not right.
      disk.refuse({ call: "read", of: "sales.db$", errno: "EIO" });
      expect(await again.ask({ kind: "sell", saleId: "next", lineCount: 50 })).toMatchObject({
        ...{ kind: "refused", by: "damaged", code: "SQLITE_CORRUPT", brokenTold: 1 },
      });
      await again.kill();
      disk.refuse();
      const third = await opened();
      expect(await third.ask({ kind: "sold", saleId: "next" })).toEqual({ kind: "sold", saleNumber: null });
      expect(await third.ask({ kind: "sell", saleId: "next" })).toEqual(done);
    });
  });

  describe("what a process left in the log whose sync had failed", () => {
    /** The log has a commit in it that the system takes for written, and nobody knows whether the disk has it. */
    async function unsynced(): Promise<void> {
      const till = await selling();
      disk.refuse({ call: "sync", of: "sales.db-wal", errno: "EIO", times: 1 });
      expect(await till.ask({ kind: "sell", saleId: "next" })).toMatchObject({ by: "io" });
      await till.kill();
      disk.refuse();
      expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
    }

    it("is in the file itself, synced, before anything is read of it", async () => {
      await unsynced();
      const till = await opened();
      expect(statSync(`${path}-wal`).size).toBe(0);
      expect(await till.ask({ kind: "sold", saleId: "first" })).toEqual({ kind: "sold", saleNumber: "T01-000001" });
    });

    it("keeps the till shut where the disk does not take it then either; the control, which only opens, sees nothing", async () => {
      await unsynced();
      disk.refuse({ call: "sync", of: "sales.db$", errno: "EIO" });
      const careless = await keeper();
      expect(await careless.ask({ kind: "open-careless", path })).toEqual(done);
      await careless.kill();
      const till = await keeper();
      expect(await till.ask({ kind: "open", path })).toMatchObject({
        ...{ kind: "refused", by: "unwritable", code: "SQLITE_IOERR_FSYNC" },
      });
    });
  });
}
