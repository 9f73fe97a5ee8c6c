import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { legacyFilesConfig } from "#contract/config/legacy-files.ts";
import type { JobFault } from "#contract/worker/messages.ts";
import { fail } from "#core/result.ts";
import { openReportBooks } from "#main/store/reports/report-books.ts";
import { Day } from "#main/store/reports/testing-day.ts";
import { exportOutgoing } from "#main/worker/export-outgoing.ts";
import { createVirtualClock } from "#tests/support/virtual-clock.ts";
import { createOutgoing } from "./outgoing.ts";
import { openMarks } from "./outgoing-marks.ts";

const hands = { pause: async () => {}, check: () => {}, give: async () => {} };
const hourMs = 3_600_000;

/** A shop whose sales go out at 23:30 and after shifts; `start` is a till that was started (again) on its files. */
function openShop(given: object = { at: "23:30" }) {
  const day = new Day();
  const home = mkdtempSync(join(tmpdir(), "tillway-outgoing-"));
  onTestFinished(() => {
    day.close();
    rmSync(home, { recursive: true, force: true });
  });
  const folder = join(home, "to-erp");
  mkdirSync(folder);
  const clock = createVirtualClock(Date.parse("2026-03-01T12:00:00+08:00"));
  const shop = { folder, closedShift: null as string | null, openDay: "2026-03-02", log: [] as string[] };
  const outline = { folder, format: "json", amounts: "fen", fromFirstSale: true, ...given };
  const config = legacyFilesConfig.parse({ sales: outline, days: { ...outline } });
  if (config === undefined) throw new Error("a configured shop");
  const start = (stopAt: "nowhere" | "before the mark" | "after the mark" = "nowhere", refusal?: JobFault) => {
    const marks = openMarks(join(home, "marks.json"));
    return createOutgoing({
      ...{ config, terminalId: "T01", utcOffsetMinutes: 480, salesDb: day.path, last: new Map(), clock },
      marks: {
        read: marks.read,
        write(next) {
          if (stopAt === "before the mark") throw new Error("stopped");
          marks.write(next);
          if (stopAt === "after the mark") throw new Error("stopped");
        },
      },
      async write(job) {
        if (refusal !== undefined) return fail(refusal);
        const books = openReportBooks(job.salesDb);
        const written = await exportOutgoing(job, books, hands);
        books.close();
        return written;
      },
      closedShift: () => shop.closedShift,
      openDay: () => shop.openDay,
      log: (what, { of, why }) => void shop.log.push(`${what}: ${of} ${why}`),
    });
  };
  const sell = (): void => {
    day.run({ kind: "sell", lines: [{ sku: 1, many: 1, off: 0 }], isSplit: false, hour: 9, who: 0 });
  };
  const names = (): readonly string[] => readdirSync(folder).toSorted();
  /** The sales' numbers in all files that have a name. */
  const sold = (): readonly string[] =>
    names()
      .filter((name) => /^T01-sales-\d{14}\.json$/.test(name))
      .flatMap((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as { number: string }[]) // ours
      .map(({ number }) => number);
  const rowsOf = (name: string): readonly Row[] =>
    JSON.parse(readFileSync(join(folder, name), "utf8")) as readonly Row[]; // ours
  return { home, folder, day, clock, shop, start, sell, names, sold, rowsOf };
}

interface Row {
  readonly number: string;
  readonly date: string;
}

const refusals = [
  ["a full disk", { kind: "cannot-write", code: "ENOSPC" }, "disk-full"],
  ["a folder without the right to write", { kind: "cannot-write", code: "EACCES" }, "unwritable"],
  ["a folder that went away", { kind: "cannot-write", code: "ENOENT" }, "missing"],
  ["a mistake of ours", { kind: "failed", error: "TypeError" }, "other"],
] as const;

it.each(refusals)("%s is told until the file is written, and then the file is", async (_what, fault, told) => {
  const shop = openShop();
  shop.sell();
  const refused = shop.start("nowhere", fault);
  await refused.look();
  expect(refused.state("sales")).toEqual({ last: null, fault: told });
  const outgoing = shop.start();
  await outgoing.look();
  expect(outgoing.state("sales")).toEqual({
    last: { name: "T01-sales-20260301120000.json", atMs: shop.clock.now() },
    fault: null,
  });
});

describe("sales and days that go to other systems", () => {
  it("are written once a day at their time, whoever starts the till again in between", async () => {
    const { clock, start, sell, names, sold, day } = openShop();
    sell();
    await start().look();
    const first = names();
    expect(first).toEqual(["T01-days-20260301120000.json", "T01-sales-20260301120000.json"]);
    sell();
    await clock.advance(11 * hourMs);
    await start().look();
    expect(names()).toEqual(first);
    await clock.advance(hourMs);
    await start().look();
    await start().look();
    expect(sold()).toEqual(day.sales.map(({ saleNumber }) => saleNumber));
    expect(names()).toHaveLength(3);
  });

  it("are written after each shift that was closed, and not without one", async () => {
    const { clock, shop, start, sell, sold } = openShop({ afterShiftClose: true });
    const outgoing = start();
    sell();
    await outgoing.look();
    expect(sold()).toHaveLength(0);
    for (const shift of ["shift-1", "shift-2"]) {
      shop.closedShift = shift;
      await clock.advance(60_000);
      await outgoing.look();
      await outgoing.look();
      sell();
    }
    expect(sold()).toHaveLength(2);
  });

  it.each(["before the mark", "after the mark"] as const)(
    "are in one file each where the till was stopped %s",
    async (stopAt) => {
      const { clock, start, sell, sold, names, day, folder } = openShop();
      sell();
      sell();
      await start(stopAt).look();
      expect(sold()).toHaveLength(0);
      writeFileSync(join(folder, "T01-sales-20260101000000.json.staged.part"), "half");
      await clock.advance(60_000);
      await start().look();
      await start().look();
      expect(sold()).toEqual(day.sales.map(({ saleNumber }) => saleNumber));
      expect(names().filter((name) => !name.endsWith(".json") && stopAt === "before the mark")).toEqual([]);
    },
  );

  it("wait for a folder that is away, say so once, and leave nothing out", async () => {
    const { home, folder, shop, start, sell, sold } = openShop();
    sell();
    renameSync(folder, join(home, "away"));
    const outgoing = start();
    await outgoing.look();
    await outgoing.look();
    expect(shop.log).toEqual([
      "a file for another system was not written: sales ENOENT",
      "a file for another system was not written: days ENOENT",
    ]);
    renameSync(join(home, "away"), folder);
    await outgoing.look();
    expect(sold()).toHaveLength(1);
  });

  it("begin with the day they were switched on, also where their first file is written on a later one", async () => {
    const { day, clock, shop, start, sell, sold, names } = openShop({ afterShiftClose: true, fromFirstSale: false });
    sell();
    day.run({ kind: "next-day" });
    sell();
    await start().look();
    expect(names()).toEqual([]);
    [shop.openDay, shop.closedShift] = ["2026-03-03", "shift-1"];
    await clock.advance(24 * hourMs);
    await start().look();
    expect(sold()).toEqual(day.sales.slice(1).map(({ saleNumber }) => saleNumber));
    const [days = ""] = names();
    expect(JSON.parse(readFileSync(join(shop.folder, days), "utf8"))).toMatchObject([{ date: "2026-03-02", sales: 1 }]);
  });

  it("are not begun anew where the marks cannot be read", () => {
    const { home, start } = openShop();
    writeFileSync(join(home, "marks.json"), "{");
    expect(() => start()).toThrow();
  });
});

describe("files asked for by hand", () => {
  it("have what no file has yet though none is due, and the schedule goes on from there", async () => {
    const { clock, start, sell, names, sold, day } = openShop();
    sell();
    await start().look();
    sell();
    await clock.advance(60_000);
    const outgoing = start();
    const name = "T01-sales-20260301120100.json";
    const both = await Promise.all([outgoing.look(), outgoing.writeNow("sales"), outgoing.writeNow("sales")]);
    expect(both.slice(1)).toEqual([{ kind: "written", name, rowCount: 1 }, { kind: "nothing" }]);
    expect(outgoing.state("sales")).toEqual({ last: { name, atMs: clock.now() }, fault: null });
    expect(await outgoing.writeNow("days")).toEqual({ kind: "nothing" });
    sell();
    await clock.advance(12 * hourMs);
    await outgoing.look();
    expect(sold()).toEqual(day.sales.map(({ saleNumber }) => saleNumber));
    expect(names()).toHaveLength(4);
  });

  it("have a day again under a name that no new file has, without what no file has had yet", async () => {
    const { day, clock, shop, start, sell, names, sold, rowsOf } = openShop();
    const outgoing = start();
    sell();
    day.run({ kind: "next-day" });
    sell();
    shop.openDay = "2026-03-02";
    expect(await outgoing.writeAgain("sales", "2026-03-02")).toEqual({ kind: "nothing" });
    await outgoing.look();
    sell();
    const before = names();
    for (const name of ["again-T01-sales-2026-03-02.json", "again-T01-sales-2026-03-02-2.json"]) {
      expect(await outgoing.writeAgain("sales", "2026-03-02")).toEqual({ kind: "written", name, rowCount: 1 });
      expect(rowsOf(name)).toMatchObject([{ number: day.sales[1]?.saleNumber, date: "2026-03-02" }]);
    }
    const name = "again-T01-days-2026-03-01.json";
    expect(await outgoing.writeAgain("days", "2026-03-01")).toEqual({ kind: "written", name, rowCount: 1 });
    expect(rowsOf(name)).toMatchObject([{ date: "2026-03-01", sales: 1 }]);
    // Not over yet, and the day before the shop was.
    expect(await outgoing.writeAgain("days", "2026-03-02")).toEqual({ kind: "nothing" });
    expect(await outgoing.writeAgain("sales", "2026-02-28")).toEqual({ kind: "nothing" });
    expect(names().filter((one) => !one.startsWith("again-"))).toEqual(before);
    await clock.advance(60_000);
    expect(await outgoing.writeNow("sales")).toMatchObject({ kind: "written", rowCount: 1 });
    expect(sold()).toEqual(day.sales.map(({ saleNumber }) => saleNumber));
  });

  it.each(refusals)("say %s, and are written once that is put right", async (_what, fault, why) => {
    const shop = openShop();
    shop.sell();
    await shop.start().look();
    shop.sell();
    const refused = shop.start("nowhere", fault);
    expect(await refused.writeNow("sales")).toEqual({ kind: "not-written", why });
    expect(refused.state("sales").fault).toBe(why);
    expect(await refused.writeAgain("sales", "2026-03-01")).toEqual({ kind: "not-written", why });
    await shop.clock.advance(60_000);
    expect(await shop.start().writeNow("sales")).toMatchObject({ kind: "written", rowCount: 1 });
    expect(await shop.start().writeAgain("sales", "2026-03-01")).toMatchObject({ kind: "written", rowCount: 2 });
  });

  it("are not written where nobody has switched that kind on", async () => {
    const { start, sell } = openShop({ at: "23:30", isOn: false });
    sell();
    expect(await start().writeNow("sales")).toEqual({ kind: "nothing" });
    expect(await start().writeAgain("sales", "2026-03-01")).toEqual({ kind: "nothing" });
  });

  it("leave each sale in one file, whatever is asked for and wherever the till stops", async () => {
    const act = fc.constantFrom(
      ...(["sell", "look", "now", "again", "next-day", "before the mark", "after the mark"] as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 14 }), async (acts) => {
        const { day, clock, shop, start, sell, sold } = openShop({ at: "12:00" });
        for (const one of acts) {
          await clock.advance(2 * hourMs);
          if (one === "sell") sell();
          else if (one === "next-day") day.run({ kind: "next-day" });
          else if (one === "look") await start().look();
          else if (one === "now") await start().writeNow("sales");
          else if (one === "again") await start().writeAgain("sales", shop.openDay);
          else await start(one).writeNow("sales");
        }
        await clock.advance(2 * hourMs);
        await start().writeNow("sales");
        expect(sold()).toEqual(day.sales.map(({ saleNumber }) => saleNumber));
      }),
      { numRuns: 10 },
    );
  });
});
