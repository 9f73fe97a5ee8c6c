import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { feedPageSchema, type FeedItem } from "#contract/wire/feed.ts";
import { nextRev } from "#headoffice/store/feed-heads.ts";
import { openStore } from "#headoffice/store/open-store.ts";
import type { Sql } from "#headoffice/store/sql.ts";
import { engines, openDatabases, type Databases } from "#tests/support/office-bench.ts";
import type { FeedChange } from "./feed-change.ts";
import { takeBarcodes } from "./item-barcodes.ts";
import { putRows, tombstoneDays } from "./put-rows.ts";
import { readPage } from "./read-page.ts";

const dayMs = 86_400_000;
const startMs = Date.parse("2026-03-02T12:00:00+08:00");

const item = (priceFen: number): FeedItem => ({
  ...{ nameZh: "可口可乐", nameEn: "Cola", categoryId: "drinks", unit: "piece", priceFen, taxClass: "standard" },
  ...{ scaleCode: null, isFavourite: false, barcodes: [], pricesFrom: [] },
});
const change = (id: string, priceFen: number | null): FeedChange => ({
  ...{ kind: "item", id, value: priceFen === null ? null : item(priceFen) },
});

describe.each(engines)("a feed on %s", (engine) => {
  let databases: Databases;
  beforeAll(async () => {
    databases = await openDatabases(engine);
  }, 120_000);
  afterAll(() => databases.close());

  async function openFeed() {
    const opened = await openStore(await databases.create());
    if (!opened.ok) throw new Error(opened.fault.kind);
    const sql = opened.value;
    const put = (changes: readonly FeedChange[], nowMs = startMs, storeCode = "BJ01") =>
      sql.transaction((tx) => putRows(tx, storeCode, changes, nowMs));
    const ask = (after: number, limit = 1_000, terminalId = "T01") =>
      readPage(sql, { storeCode: "BJ01", terminalId, scope: "catalog", after, limit }, startMs);
    const read = async (after: number, limit?: number, terminalId?: string) => {
      const page = await ask(after, limit, terminalId);
      if (!page.ok) throw new Error(page.fault);
      return feedPageSchema.parse(JSON.parse(page.value));
    };
    return { sql, put, ask, read };
  }

  test("tells rows by their rev, a changed one once and at its newest", async () => {
    const { sql, put, read } = await openFeed();
    await put([change("a", 100), change("b", 200), change("c", 300)]);
    await put([change("b", 250)]);
    expect(await read(0)).toEqual({
      ...{ scope: "catalog", through: 4, head: 4, liveCount: 3 },
      rows: [
        { kind: "item", id: "a", rev: 1, value: item(100) },
        { kind: "item", id: "c", rev: 3, value: item(300) },
        { kind: "item", id: "b", rev: 4, value: item(250) },
      ],
    });
    expect((await read(3)).rows.map(({ id }) => id)).toEqual(["b"]);
    expect(await read(4)).toEqual({ scope: "catalog", rows: [], through: 4, head: 4, liveCount: 3 });
    await sql.close();
  });

  test("gives no rev to what was like this already, and a tombstone to what went", async () => {
    const { sql, put, read } = await openFeed();
    await put([change("a", 100), change("b", 200)]);
    expect(await put([change("a", 100), change("never", null)])).toBe(0);
    expect(await put([change("a", null)])).toBe(1);
    expect(await read(2)).toEqual({
      ...{ scope: "catalog", through: 3, head: 3, liveCount: 1 },
      rows: [{ kind: "item", id: "a", rev: 3, value: null }],
    });
    await sql.close();
  });

  test("pages through many rows without missing or repeating one", async () => {
    const { sql, put, read } = await openFeed();
    const ids = Array.from({ length: 1_203 }, (_, index) => `i${index}`);
    expect(await put(ids.map((id) => change(id, 100)))).toBe(1_203);
    const seen: string[] = [];
    for (let after = 0, head = 1; after < head;) {
      const page = await read(after, 100);
      seen.push(...page.rows.map(({ id }) => id));
      ({ through: after, head } = page);
    }
    expect(seen).toEqual(ids);
    await sql.close();
  });

  test("another shop's rows are another feed", async () => {
    const { sql, put, read } = await openFeed();
    await put([change("a", 100)], startMs, "SH01");
    expect(await read(0)).toEqual({ scope: "catalog", rows: [], through: 0, head: 0, liveCount: 0 });
    await sql.close();
  });

  test("a till that was away while tombstones were taken away begins again, one that began since does not", async () => {
    const { sql, put, ask, read } = await openFeed();
    await put([change("a", 100), change("b", 200), change("c", 300)]);
    expect((await read(0, 1_000, "OLD")).through).toBe(3);
    await put([change("b", null)]);
    const laterMs = startMs + (tombstoneDays + 1) * dayMs;
    // Half a snapshot is read, and only then the tombstone goes.
    expect((await read(0, 1, "NEW")).through).toBe(1);
    await put([change("d", 400)], laterMs);
    expect(await ask(3, 1_000, "OLD")).toEqual({ ok: false, fault: "feed-too-old" });
    expect((await read(1, 1_000, "NEW")).rows.map(({ id }) => id)).toEqual(["c", "d"]);
    expect((await read(0, 1_000, "OLD")).rows.map(({ id }) => id)).toEqual(["a", "c", "d"]);
    await sql.close();
  });

  test("a tombstone stays for ninety days", async () => {
    const { sql, put, read } = await openFeed();
    await put([change("a", 100)]);
    await put([change("a", null)]);
    await put([change("b", 1)], startMs + (tombstoneDays - 1) * dayMs);
    expect((await read(1)).rows.map(({ id, value }) => [id, value === null])).toEqual([
      ["a", true],
      ["b", false],
    ]);
    await sql.close();
  });

  test("a rev that was never given is answered with a new beginning", async () => {
    const { sql, put, ask } = await openFeed();
    await put([change("a", 100)]);
    expect(await ask(2)).toEqual({ ok: false, fault: "feed-too-old" });
    await sql.close();
  });

  test("a barcode is one item's, and free when that item gives it up", async () => {
    const { sql } = await openFeed();
    const take = (...items: readonly { readonly id: string; readonly barcodes: readonly string[] }[]) =>
      sql.transaction((tx) => takeBarcodes(tx, "BJ01", items));
    expect(await take({ id: "a", barcodes: ["1", "2"] })).toEqual([]);
    expect(await take({ id: "b", barcodes: ["2", "3"] })).toEqual([{ barcode: "2", id: "a" }]);
    const swapped = [
      { id: "a", barcodes: ["1"] },
      { id: "b", barcodes: ["2", "3"] },
    ];
    expect(await take(...swapped)).toEqual([]);
    const many = Array.from({ length: 40 }, (_, index) => ({ id: `m${index}`, barcodes: [`9${index}`] }));
    expect(await take(...many, { id: "c", barcodes: ["3"] })).toEqual([{ barcode: "3", id: "b" }]);
    await sql.close();
  });

  test("no reader ever passes a row that commits late, however many write; a cursor taken before commit must miss some", async () => {
    const { sql, put, read } = await openFeed();
    await sql.transaction((tx) => tx.run("CREATE TABLE control_rows (id TEXT PRIMARY KEY, rev BIGINT NOT NULL)"));
    const writers = 4;
    const each = 30;
    const total = writers * each;
    const control = controlFeed(sql);
    let isWriting = true;
    const write = async (writer: number) => {
      for (let count = 0; count < each; count += 1) {
        const id = `w${writer}-${count}`;
        await put([change(id, count)]);
        await control.write(id);
      }
    };
    const seen = new Set<string>();
    const seenByControl = new Set<string>();
    let controlAfter = 0;
    const followControl = async () => {
      for (const row of await control.after(controlAfter)) {
        seenByControl.add(row.id);
        controlAfter = Math.max(controlAfter, row.rev);
      }
    };
    const follow = async () => {
      let after = 0;
      for (let isLast = false; !isLast;) {
        isLast = !isWriting;
        const page = await read(after, 7);
        for (const { id } of page.rows) seen.add(id);
        after = page.through;
        if (page.through < page.head) isLast = false;
        await followControl();
        // As between two requests: SQLite reads at once, and a reader that never lets go would keep the writers out.
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const reading = follow();
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    isWriting = false;
    await reading;
    await control.finish();
    // All are there by now; what the cursor has passed is not asked for again.
    await followControl();
    expect(seen.size).toBe(total);
    expect(seenByControl.size).toBeLessThan(total);
    await sql.close();
  });
});

/**
 * The same feed with the mistake in it: its rev is taken in a transaction of its own, as a sequence's is, and the row
 * commits later. Every other row commits only when the reader has gone past its rev, so that the order is the test's and
 * not the machine's.
 */
function controlFeed(sql: Sql) {
  let waiting: { readonly rev: number; readonly go: () => void }[] = [];
  const late: Promise<unknown>[] = [];
  const insert = (id: string, rev: number) =>
    sql.transaction((tx) => tx.run("INSERT INTO control_rows (id, rev) VALUES (?, ?)", [id, rev]));
  const releaseBelow = (rev: number) => {
    const passed = waiting.filter((one) => one.rev < rev);
    waiting = waiting.filter((one) => one.rev >= rev);
    for (const { go } of passed) go();
  };
  return {
    async write(id: string) {
      const rev = await sql.transaction((tx) => nextRev(tx, "CONTROL", "catalog"));
      const isLate = rev % 2 === 0;
      if (!isLate) await insert(id, rev);
      else late.push(new Promise<void>((go) => void waiting.push({ rev, go })).then(() => insert(id, rev)));
    },
    async after(rev: number) {
      const rows = await sql.rows<{ id: string; rev: number }>(
        "SELECT id, rev FROM control_rows WHERE rev > ? ORDER BY rev",
        [rev],
      );
      releaseBelow(rows.at(-1)?.rev ?? rev);
      return rows;
    },
    async finish() {
      releaseBelow(Number.POSITIVE_INFINITY);
      await Promise.all(late);
    },
  };
}
