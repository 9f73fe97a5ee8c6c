import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { legacyFilesConfig } from "#contract/config/legacy-files.ts";
import { type JournalMark, writeOutgoingJob, type WriteOutgoingJob } from "#contract/worker/outgoing-job.ts";
import { openReportBooks } from "#main/store/reports/report-books.ts";
import { Day, days, step } from "#main/store/reports/testing-day.ts";
import { exportOutgoing } from "./export-outgoing.ts";

const hands = { pause: async () => {}, check: () => {}, give: async () => {} };
const beginning: JournalMark = { position: 0, hash: null };

/** The layout of terminal.json's `sales` or `days`, as it is filled in from what the file says. */
function layoutOf(of: "sales" | "days", given: object): object {
  const parsed = legacyFilesConfig.parse({ [of]: { folder: "x", ...given } })?.[of];
  const nothing = { isOn: true, folder: "", at: "", afterShiftClose: false, fromFirstSale: false };
  const { isOn: _, folder: __, at: ___, afterShiftClose: ____, fromFirstSale: _____, ...layout } = parsed ?? nothing;
  return layout;
}

async function write(day: Day, folder: string, what: object, given: object = {}) {
  const target = join(folder, "out");
  rmSync(target, { force: true });
  const of = "before" in what ? "days" : "sales";
  const job: WriteOutgoingJob = writeOutgoingJob.parse({
    kind: "write-outgoing",
    ...{ salesDb: day.path, target, what: { of, since: null, layout: layoutOf(of, given), ...what } },
  });
  const books = openReportBooks(day.path);
  const written = await exportOutgoing(job, books, hands);
  books.close();
  if (!written.ok) throw new Error(written.fault.kind);
  return { ...written.value, bytes: existsSync(target) ? readFileSync(target) : null };
}

const jsonFen = { format: "json", amounts: "fen" };
const rowsOf = (bytes: Buffer | null) => (bytes === null ? [] : JSON.parse(bytes.toString())) as readonly Row[]; // ours
interface Row {
  readonly kind: string;
  readonly number: string;
  readonly total: number;
  readonly cash: number;
  readonly wechat: number;
  readonly staticCode: number;
}

function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "tillway-out-"));
  return work(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
}

describe("files for other systems", () => {
  it("have every sale and all money given back once, however often they were written, and add up to the books", async () => {
    const steps = fc.array(step, { minLength: 1, maxLength: 12 });
    await withFolder((folder) =>
      fc.assert(
        fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 4 }), async (turns) => {
          const day = new Day();
          try {
            const rows: Row[] = [];
            let after: unknown = beginning;
            for (const turn of turns) {
              for (const one of turn) day.run(one);
              const written = await write(day, folder, { after }, jsonFen);
              rows.push(...rowsOf(written.bytes));
              expect(written.rowCount === 0).toBe(written.bytes === null);
              after = written.upTo;
              expect((await write(day, folder, { after }, jsonFen)).bytes).toBeNull();
            }
            const sold = rows.filter(({ kind }) => kind === "sale");
            const back = rows.filter(({ kind }) => kind === "refund");
            expect(sold.map(({ number, total }) => [number, total])).toEqual(
              day.sales.map(({ saleNumber, totalFen }) => [saleNumber, totalFen]),
            );
            const upwards = (a: number, b: number): number => a - b;
            expect(back.map(({ total }) => -total).toSorted(upwards)).toEqual(
              day.refunds.map(({ fen }) => fen).toSorted(upwards),
            );
            for (const row of rows) expect(row.cash + row.wechat + row.staticCode).toBe(row.total);
          } finally {
            day.close();
          }
        }),
        { numRuns: 8 },
      ),
    );
  });

  it("have each day that is over once, with what it came to", async () => {
    await withFolder((folder) =>
      fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (turn) => {
          const day = new Day();
          try {
            for (const one of turn) day.run(one);
            const whole = { after: null, before: "2026-03-09" };
            const written = await write(day, folder, whole, { ...jsonFen });
            // Parsed from our own file.
            const rows = (written.bytes === null ? [] : JSON.parse(written.bytes.toString())) as readonly {
              readonly date: string;
              readonly sales: number;
              readonly total: number;
            }[];
            const [first] = days;
            expect(rows.reduce((sum, { sales }) => sum + sales, 0)).toBe(day.sales.length);
            expect(rows.reduce((sum, { total }) => sum + total, 0)).toBe(
              day.sales.reduce((sum, { totalFen }) => sum + totalFen, 0),
            );
            const open = await write(day, folder, { after: null, before: first }, jsonFen);
            expect(open).toMatchObject({ bytes: null, upTo: null });
            if (written.upTo !== null) {
              expect((await write(day, folder, { ...whole, after: written.upTo }, jsonFen)).bytes).toBeNull();
            }
          } finally {
            day.close();
          }
        }),
        { numRuns: 8 },
      ),
    );
  });

  it("begin with the business day they are told, and leave out what came before it and nothing else", async () => {
    await withFolder((folder) =>
      fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 1, maxLength: 20 }),
          fc.constantFrom(...days),
          async (turn, since) => {
            const day = new Day();
            try {
              for (const one of turn) day.run(one);
              const wanted = day.sales.filter(({ businessDate }) => businessDate >= since);
              const sales = await write(day, folder, { after: beginning, since }, jsonFen);
              const sold = rowsOf(sales.bytes).filter(({ kind }) => kind === "sale");
              expect(sold.map(({ number }) => number)).toEqual(wanted.map(({ saleNumber }) => saleNumber));
              expect((await write(day, folder, { after: sales.upTo, since: null }, jsonFen)).rowCount).toBe(0);
              const over = await write(day, folder, { after: null, before: "2026-03-09", since }, jsonFen);
              // Parsed from our own file.
              const rows = JSON.parse(over.bytes?.toString() ?? "[]") as readonly { date: string; sales: number }[];
              expect(rows.reduce((sum, row) => sum + row.sales, 0)).toBe(wanted.length);
              expect(rows.filter(({ date }) => date < since)).toEqual([]);
            } finally {
              day.close();
            }
          },
        ),
        { numRuns: 12 },
      ),
    );
  });

  it("are as the shop laid them out: columns, names, order, separator, yuan, times and GBK", async () => {
    const day = new Day();
    day.run({ kind: "sell", lines: [{ sku: 1, many: 2, off: 0 }], isSplit: false, hour: 9, who: 0 });
    const [sale] = day.sales;
    const columns = [
      { field: "total", name: "金额" },
      { field: "number", name: "=单号" },
      { field: "time", name: "时间" },
      { field: "date", name: "日期" },
    ];
    const given = { columns, separator: ";", encoding: "gbk", times: "digits" };
    const { bytes } = await withFolder((folder) => write(day, folder, { after: beginning }, given));
    day.close();
    const yuan = `${Math.floor((sale?.totalFen ?? 0) / 100)}.${String((sale?.totalFen ?? 0) % 100).padStart(2, "0")}`;
    const time = sale?.completedAt.slice(0, 19).replaceAll(/\D/gu, "");
    expect(iconv.decode(bytes ?? Buffer.alloc(0), "gbk")).toBe(
      `金额;'=单号;时间;日期\r\n${yuan};${sale?.saleNumber};${time};${sale?.businessDate.replaceAll("-", "")}\r\n`,
    );
  });

  it("go on with the new epoch where the books were put back from a backup", async () => {
    const day = new Day();
    day.run({ kind: "sell", lines: [{ sku: 1, many: 1, off: 0 }], isSplit: false, hour: 9, who: 0 });
    const other = { position: 500, hash: "ab".repeat(32) };
    const { rowCount } = await withFolder((folder) => write(day, folder, { after: other }, jsonFen));
    day.close();
    expect(rowCount).toBe(1);
  });
});
