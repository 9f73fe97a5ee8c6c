import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import Database from "better-sqlite3";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  fullDisk,
  hasBadDisks,
  openBadDisk,
  readOnlyDisk,
  type BadDisk,
  type Refusal,
} from "#tests/support/bad-disk/bad-disk.ts";
import { readBooks } from "#tests/support/books.ts";
import { beginSelling, openTill, ringUp, startTill } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { runTill } from "#tests/support/run-till.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { pictureIfWanted } from "#tests/support/wanted-pictures.ts";

// What stands in the till's place is one page with both languages on it, for whoever is there.

let shop: Shop;
let disk: BadDisk | null = null;

beforeAll(async () => {
  shop = await openShop();
  disk = hasBadDisks ? openBadDisk() : null;
});
afterAll(async () => {
  disk?.close();
  await shop.close();
});

interface Seen {
  /** The window's page, its texts. */
  readonly page: string;
  readonly windows: number;
}

/** What a person sees of a start that ends in no till; pictures at both sizes where they are wanted. */
async function refusedStart(name: string, env: Readonly<Record<string, string>> = {}): Promise<Seen> {
  const start = await startTill({ dataDir: shop.dataDir, env });
  try {
    const page = await until("the fault's window", () =>
      start.app.windows().find((one) => one.url().startsWith("data:text/html")),
    );
    await page.waitForLoadState();
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await start.app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size), [
        width,
        height,
      ] as [number, number]);
      await pictureIfWanted(page, `faults/start-${name}.${width}x${height}`);
    }
    return { page: decodeURIComponent(page.url()), windows: start.app.windows().length };
  } finally {
    await start.close();
  }
}

/** Both languages, and no till behind the window. */
function expectTold({ page, windows }: Seen, ...words: readonly string[]): void {
  for (const word of words) expect(page).toContain(word);
  expect(windows).toBe(1);
}

async function sellOne(): Promise<void> {
  const till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till);
  await ringUp(till, "6920536012350");
  await till.send("take-payment", {});
  expect(await till.send("pay-cash", { receivedFen: 350 })).toMatchObject({ ok: true });
  await till.close();
}

const badDisks: readonly (readonly [
  name: string,
  refusals: (dir: string) => readonly Refusal[],
  words: readonly string[],
])[] = [
  [
    "full",
    fullDisk,
    ["硬盘已满", "腾出至少 1 GB", "The disk is full", "finished sales and the open sale are safe", "ENOSPC"],
  ],
  ["read-only", readOnlyDisk, ["只能读、不能写", "请重启电脑", "can be read and not written", "EROFS"]],
  [
    "failing",
    (of) => [{ call: "sync", of, errno: "EIO" }],
    ["可能快坏了", "不要在本机收银", "do not sell on this till", "EIO"],
  ],
];

if (disk === null && !hasBadDisks) {
  it("bad disks are not tried where there is no C compiler on Linux", () => expect(hasBadDisks).toBe(false));
} else {
  describe("A start on a disk that is bad", () => {
    beforeAll(sellOne);

    it.each(badDisks)(
      "is answered in words, in both languages, instead of as a second start: %s",
      async (name, refusals, words) => {
        if (disk === null) throw new Error("there is a bad disk here");
        const before = disk.hits();
        disk.refuse(...refusals(shop.dataDir));
        const seen = await refusedStart(name, disk.env);
        expect(disk.hits()).toBeGreaterThan(before);
        expectTold(seen, ...words, shop.dataDir);
        // On the console as well, where the machine's service keeps it; and never that another till is open.
        const till = runTill(shop.dataDir, disk.env);
        await until("the console says why", () => till.console().includes("cannot open"));
        await till.stop();
        expect(await till.ended).toBe(1);
        for (const word of words) expect(till.console()).toContain(word);
        expect(till.console()).not.toContain("already open");
        expect(till.console()).not.toContain("ready {");
      },
    );

    it("opens with all that was sold once the disk is mended", async () => {
      if (disk === null) throw new Error("there is a bad disk here");
      disk.refuse();
      const till = await openTill({ dataDir: shop.dataDir, env: disk.env });
      const notices = (await till.view()).notices.map(({ kind }) => kind);
      await till.close();
      // The receipt of that sale may still be on its way to the paper.
      expect(notices.filter((kind) => kind.startsWith("disk") || kind === "storage-trouble")).toEqual([]);
      expect(readBooks(shop.dataDir).sales.map(({ totalFen }) => totalFen)).toEqual([350]);
    });

    it("that opens its folder and not its books names the file", async () => {
      if (disk === null) throw new Error("there is a bad disk here");
      disk.refuse({ call: "read", of: "/sales.db$", errno: "EIO" });
      const seen = await refusedStart("books-unreadable", disk.env);
      disk.refuse();
      expectTold(seen, "sales.db", "硬盘读写出错", "请重启电脑再试", "The disk fails", "SQLITE_IOERR");
    });
  });
}

function anew(path: string): void {
  for (const end of ["", "-wal", "-shm"]) rmSync(path + end, { force: true });
}

describe("A start on books that cannot be used", () => {
  const salesDb = (): string => join(shop.dataDir, "sales.db");
  const catalogDb = (): string => join(shop.dataDir, "catalog.db");
  const exec = (path: string, sql: string): void => {
    const db = new Database(path);
    db.exec(sql);
    db.close();
  };

  it.each([
    [
      "damaged",
      salesDb,
      (path: string) => writeFileSync(path, "receipts of the day\n".repeat(500)),
      ["数据文件损坏", "恢复备份", "damaged", "restore a backup"],
    ],
    [
      "newer",
      salesDb,
      (path: string) =>
        exec(path, "PRAGMA application_id = 0x5457736c; PRAGMA user_version = 999; CREATE TABLE meta (a)"),
      ["更新的版本", "请安装新版本", "Install the newer version", "999"],
    ],
    [
      "of-another-program",
      salesDb,
      (path: string) => exec(path, "CREATE TABLE theirs (a)"),
      ["不是本程序的数据", "was left alone"],
    ],
    [
      "goods-damaged",
      catalogDb,
      (path: string) => writeFileSync(path, "goods\n".repeat(2_000)),
      ["catalog.db", "数据文件损坏", "damaged"],
    ],
    [
      "goods-newer",
      catalogDb,
      (path: string) =>
        exec(path, "PRAGMA application_id = 0x54576374; PRAGMA user_version = 999; CREATE TABLE items (a)"),
      ["catalog.db", "更新的版本", "Install the newer version"],
    ],
  ] as const)("says which file and what to do, and leaves it as it was: %s", async (name, place, spoil, words) => {
    anew(place());
    spoil(place());
    expectTold(await refusedStart(name), basename(place()), ...words);
    anew(place());
  });
});

describe("A start with the books of an older version", () => {
  /** As the version before left them, with more in them than is brought up to date in a moment. */
  function makeOld(salesDb: string): void {
    const db = new Database(salesDb);
    db.exec("DROP INDEX loose_return_of_exchange; ALTER TABLE loose_returns DROP COLUMN exchange_sale_id");
    db.exec("PRAGMA user_version = 21; CREATE TABLE ballast (bytes)");
    db.exec("INSERT INTO ballast VALUES (zeroblob(70000000))");
    db.close();
  }

  it("says so until they are brought up to date, and then opens with every sale", async () => {
    const salesDb = join(shop.dataDir, "sales.db");
    anew(salesDb);
    await sellOne();
    makeOld(salesDb);
    const before = readBooks(shop.dataDir).sales;
    const start = await startTill({ dataDir: shop.dataDir });
    const card = (): Page | undefined => start.app.windows().find((one) => one.url().startsWith("data:text/html"));
    await until("the till is there", () => start.console().includes("ready {"));
    await until("the card is gone", () => card() === undefined);
    await start.close();
    // Written once the card has been drawn.
    expect(readFileSync(join(shop.dataDir, "logs/till.log"), "utf8")).toContain("told of an update of large books");
    expect(readBooks(shop.dataDir).sales).toEqual(before);
    expect(before.map(({ totalFen }) => totalFen)).toEqual([350]);
  });
});
