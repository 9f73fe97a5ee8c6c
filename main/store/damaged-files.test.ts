import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleReceipt, sampleSale, sampleShift, sampleTerminalId } from "#bench/support/sample-sale.ts";
import { openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { type OpenSalesStore, openSalesStore } from "#main/store/sales/open-sales-store.ts";

// Files as a dying disk leaves them. A till either sells on what is right, or does not open and says why.

const pageBytes = 4_096;
const salesTried = 30;
/** So many of the file, from its first to its last. */
const pagesTried = 40;
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillway-damaged-"));
  path = join(folder, "sales.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open() {
  const deps = { terminalId: sampleTerminalId, now: () => Date.UTC(2026, 2, 2, 1), newId: () => crypto.randomUUID() };
  return openSalesStore({ ...deps, path });
}

function sell(store: OpenSalesStore, from: number, count: number): void {
  for (let at = from; at < from + count; at += 1) {
    const build = (saleNumber: string) => sampleSale({ saleId: `s${at}`, saleNumber, lineCount: 3 });
    store.commitSale(`s${at}`, build, null, sampleReceipt);
  }
}

function selling(count: number): OpenSalesStore {
  const opened = open();
  if (!opened.ok) throw new Error(opened.fault.kind);
  opened.value.openShift(sampleShift);
  sell(opened.value, 0, count);
  return opened.value;
}

/** Overwrites a stretch of the file with zeros, as a disk that lost a sector. */
function zero(file: string, fromByte: number, bytes: number): void {
  const content = readFileSync(file);
  content.fill(0, fromByte, fromByte + bytes);
  writeFileSync(file, content);
}

/** Each sale as it was sold, or a refusal: at the start, or when it is looked for. */
function whatIsFound(): "start" | "use" | "unseen" {
  const opened = open();
  if (!opened.ok) {
    expect(["damaged", "not-ours"]).toContain(opened.fault.kind);
    return "start";
  }
  try {
    for (let at = 0; at < salesTried; at += 1) {
      const found = findSale(opened.value, `s${at}`);
      if (found === "damaged") return "use";
      expect(found).toEqual(sampleSale({ saleId: `s${at}`, saleNumber: found?.saleNumber ?? "", lineCount: 3 }));
    }
    return "unseen";
  } finally {
    opened.value.close();
  }
}

function findSale(store: OpenSalesStore, saleId: string) {
  try {
    return store.sale(saleId)?.sale ?? null;
  } catch (cause) {
    expect(cause).toMatchObject({ code: "SQLITE_CORRUPT" });
    return "damaged";
  }
}

describe("sales.db", () => {
  it("whose header is gone is damaged, and not taken for a new file", () => {
    selling(20).close();
    const before = readFileSync(path).length;
    zero(path, 0, 100);
    expect(open()).toMatchObject({ ok: false, fault: { kind: "damaged", path } });
    expect(readFileSync(path).length).toBe(before);
  });

  it("with any page gone is damaged at the start or at the first use of the page, and never sells on wrong numbers", () => {
    selling(salesTried).close();
    const whole = readFileSync(path);
    const pages = whole.length / pageBytes;
    const ends = { start: 0, use: 0, unseen: 0 };
    for (let page = 0; page < pages; page += Math.ceil(pages / pagesTried)) {
      for (const end of ["-wal", "-shm"]) rmSync(path + end, { force: true });
      writeFileSync(path, whole);
      zero(path, page * pageBytes, pageBytes);
      ends[whatIsFound()] += 1;
    }
    // Tables nobody looked into here, and pages that are free.
    expect(ends.unseen).toBeLessThan(pagesTried);
    expect(ends.start + ends.use).toBeGreaterThan(5);
  });

  it("whose write-ahead log is zeroed opens as it was before that log, whole, with the numbers that go with it", () => {
    const store = selling(5);
    store.close();
    const again = open();
    if (!again.ok) throw new Error(again.fault.kind);
    sell(again.value, 5, 3);
    // The process is gone with the log beside the file.
    const [file, log] = [readFileSync(path), readFileSync(`${path}-wal`)];
    again.value.close();
    writeFileSync(path, file);
    writeFileSync(`${path}-wal`, log.fill(0));
    const found = open();
    if (!found.ok) throw new Error(found.fault.kind);
    expect([found.value.sale("s4")?.sale.saleNumber, found.value.sale("s5")]).toEqual(["T01-000005", null]);
    sell(found.value, 9, 1);
    expect(found.value.sale("s9")?.sale.saleNumber).toBe("T01-000006");
    expect(found.value.verifyWholeChain().ok).toBe(true);
    found.value.close();
  });

  it("whose write-ahead log is cut off keeps every sale before the cut, whole", () => {
    const store = selling(8);
    const [file, log] = [readFileSync(path), readFileSync(`${path}-wal`)];
    store.close();
    writeFileSync(path, file);
    writeFileSync(`${path}-wal`, log.subarray(0, Math.floor(log.length * 0.6)));
    const found = open();
    if (!found.ok) throw new Error(found.fault.kind);
    const sold = Array.from({ length: 8 }, (_, at) => found.value.sale(`s${at}`) !== null);
    expect(sold.lastIndexOf(true)).toBeLessThan(sold.includes(false) ? sold.indexOf(false) : 8);
    expect(sold).toContain(false);
    expect(found.value.verifyWholeChain().ok).toBe(true);
    found.value.close();
  });
});

describe("catalog.db", () => {
  beforeEach(() => {
    path = join(folder, "catalog.db");
    const opened = openCatalogStore({ path });
    if (!opened.ok) throw new Error(opened.fault.kind);
    opened.value.close();
  });

  it("whose header is gone, or that is cut off, is damaged", () => {
    const whole = readFileSync(path);
    zero(path, 0, 100);
    expect(openCatalogStore({ path })).toMatchObject({ ok: false, fault: { kind: "damaged" } });
    writeFileSync(path, whole.subarray(0, 2 * pageBytes));
    expect(openCatalogStore({ path })).toMatchObject({ ok: false, fault: { kind: "damaged" } });
  });
});
