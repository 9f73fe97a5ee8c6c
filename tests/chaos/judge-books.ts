import { join } from "node:path";
import Database from "better-sqlite3";
import { journalFile } from "#scripts/export-journal/journal-file.ts";
import { openJournal } from "#scripts/export-journal/read-journal.ts";
import { checkJournalFile } from "#scripts/verify-journal/check-journal-file.ts";
import { entryHash } from "#scripts/verify-journal/entry-hash.ts";
import { saleTold, type StoredRow, type UploadRow, withTexts } from "#tests/support/stored-bodies.ts";
import type { Printed } from "./till-words.ts";

/** What became of one till's sales; every number but the first two must be 0. */
export interface BooksVerdict {
  /** Papers in customers' hands. */
  readonly sales: number;
  readonly entries: number;
  /** Papers whose sale is not in the till's journal, or not at head office, as it was printed. */
  readonly lost: number;
  /** Sales or numbers that are there twice, on either side. */
  readonly duplicated: number;
  /** Entries that differ, are missing or do not hold together, on either side; epochs that nothing explains. */
  readonly chainBreaks: number;
  /** What the two sides' sums differ by, in fen and in sales. */
  readonly apartFen: number;
  readonly apartSales: number;
  readonly findings: readonly string[];
}

interface EventRow extends StoredRow {
  readonly epoch: string;
  readonly seq: number;
  readonly kind: string;
  readonly v: number;
  readonly at_wall: string;
  readonly at_mono: number;
  readonly prev: string;
  readonly hash: string;
}

type Event = ReturnType<typeof withTexts<EventRow>>[number];

interface Told {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly totalFen: number;
}

/** Compares the papers, the till's file and head office's file; both programs must have ended. */
export async function judgeBooks(facts: {
  readonly dataDir: string;
  readonly officeDb: string;
  readonly storeCode: string;
  readonly terminalId: string;
  readonly printed: readonly Printed[];
}): Promise<BooksVerdict> {
  const { dataDir, storeCode, terminalId, printed } = facts;
  const findings: string[] = [];
  const journal = openJournal(join(dataDir, "sales.db"));
  const office = new Database(facts.officeDb, { readonly: true });
  try {
    const here = [...journal.entries()];
    const key = [storeCode, terminalId];
    const ofTill = "WHERE store_code = ? AND terminal_id = ?";
    const there = withTexts(
      office.prepare<string[], EventRow>(`SELECT * FROM journal_events ${ofTill} ORDER BY epoch, seq`).all(...key),
      office.prepare<string[], UploadRow>(`SELECT * FROM upload_bodies ${ofTill}`).all(...key),
    );
    const breaks = await brokenChains(journal, facts, there, findings);
    const sides = { here: here.map(({ hash }) => hash), there: there.map(({ hash }) => hash) };
    const missing = symmetricDifference(sides.here, sides.there);
    for (const hash of missing) findings.push(`an entry is on one side only: ${hash}`);
    const soldHere = salesOf(here);
    const soldThere = salesOf(there);
    const sums = office
      .prepare<string[], { count: number; fen: number }>(
        `SELECT total(sale_count) AS count, total(sales_fen) AS fen FROM day_totals WHERE store_code = ? AND terminal_id = ?`,
      )
      .get(...key) ?? { count: 0, fen: 0 };
    return {
      sales: printed.length,
      entries: here.length,
      lost: lostPapers(printed, [soldHere, soldThere], findings),
      duplicated: doubles(soldHere, findings) + doubles(soldThere, findings),
      chainBreaks: breaks + missing.length,
      apartFen: Math.abs(sums.fen - soldHere.reduce((sum, { totalFen }) => sum + totalFen, 0)),
      apartSales: Math.abs(sums.count - soldHere.length),
      findings,
    };
  } finally {
    journal.close();
    office.close();
  }
}

type Sold = Told & { readonly hash: string };

function salesOf(
  entries: readonly { readonly kind: string; readonly body: string; readonly hash: string }[],
): readonly Sold[] {
  return entries
    .filter(({ kind }) => kind === "sale-completed")
    .flatMap(({ body, hash }) => saleTold<Told>(body).map((told) => ({ ...told, hash })));
}

function lostPapers(printed: readonly Printed[], books: readonly (readonly Sold[])[], findings: string[]): number {
  const kept = books.map((sold) => new Map(sold.map((sale) => [sale.saleId, sale])));
  const lost = printed.filter(({ saleId, saleNumber, totalFen, hash }) =>
    kept.some((book) => {
      const sale = book.get(saleId);
      return sale?.saleNumber !== saleNumber || sale.totalFen !== totalFen || sale.hash !== hash;
    }),
  );
  for (const { saleNumber } of lost) findings.push(`lost: ${saleNumber}`);
  return lost.length;
}

function doubles(sold: readonly Sold[], findings: string[]): number {
  const ids = sold.length - new Set(sold.map(({ saleId }) => saleId)).size;
  const numbers = sold.length - new Set(sold.map(({ saleNumber }) => saleNumber)).size;
  if (ids + numbers > 0) findings.push(`${ids} sales and ${numbers} numbers are there twice`);
  return ids + numbers;
}

/** The till's file by the stranger's checker, head office's entries by the same hash; and no epoch but the first. */
async function brokenChains(
  journal: ReturnType<typeof openJournal>,
  { storeCode, terminalId }: { readonly storeCode: string; readonly terminalId: string },
  there: readonly Event[],
  findings: string[],
): Promise<number> {
  const file = { terminalKey: `${storeCode}-${terminalId}`, publicKey: journal.publicKey, sign: null };
  const lines = journalFile({ ...file, exportedAt: "2026-03-02T22:00:00Z" }, journal.entries());
  const verdict = await checkJournalFile(() => [...lines].map((line) => Buffer.from(line)), { keys: [] });
  findings.push(...verdict.damages.map(({ line, what }) => `line ${line}: ${what}`));
  if (verdict.epochs > 1) findings.push(`${verdict.epochs} epochs, though nothing was restored or cloned`);
  let breaks = verdict.damageCount + Math.max(0, verdict.epochs - 1);
  let tip = { epoch: "", seq: 0, hash: "0".repeat(64) };
  for (const { epoch, seq, kind, v, at_wall: atWall, at_mono: atMono, body, prev, hash } of there) {
    if (epoch !== tip.epoch) tip = { epoch, seq: 0, hash: "0".repeat(64) };
    const sealed = entryHash(terminalId, { epoch, seq, kind, v, atWall, atMono, body, prev });
    if (seq !== tip.seq + 1 || prev !== tip.hash || sealed !== hash) {
      breaks += 1;
      findings.push(`head office's entry ${epoch} ${seq} does not hold`);
    }
    tip = { epoch, seq, hash };
  }
  return breaks;
}

function symmetricDifference(a: readonly string[], b: readonly string[]): readonly string[] {
  const [inA, inB] = [new Set(a), new Set(b)];
  return [...a.filter((one) => !inB.has(one)), ...b.filter((one) => !inA.has(one))];
}
