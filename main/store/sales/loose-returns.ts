import {
  assertLooseReturn,
  formatReturnNumber,
  goodsOfLines,
  type LooseReturn,
  parseReturnNumber,
} from "#core/returns/loose-return.ts";
import { assert } from "#core/result.ts";
import type { BuildLooseReturn, LooseReturnsStore } from "#main/till/ports/loose-returns-store.ts";
import type { Journal } from "./journal.ts";
import { memberPoints } from "./member-points.ts";
import type { Printing } from "./printing.ts";
import type { SalesDatabase } from "./sales-database.ts";
import type { Totals } from "./totals.ts";

interface Deps {
  readonly database: SalesDatabase;
  readonly journal: Journal;
  readonly totals: Totals;
  readonly printing: Printing;
  readonly terminalId: string;
  readonly now: () => number;
  readonly newId: () => string;
}

export interface LooseReturns {
  readonly port: LooseReturnsStore;
  /** Only inside a transaction: the next number, goods, cash, points and journal entry. @returns the entry's hash too (hex) */
  book(returnId: string, build: BuildLooseReturn): { readonly given: LooseReturn; readonly hash: string };
}

/** Goods taken back without a receipt, each with its cash in one transaction. */
export function looseReturns(deps: Deps): LooseReturns {
  const { database, journal, totals, printing, terminalId, now, newId } = deps;
  const { db, change } = database;
  const points = memberPoints(database);
  const insert = db.prepare(`
    INSERT INTO loose_returns (number, return_id, business_date, amount_fen, exchange_sale_id, body)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const ofExchange = db.prepare<[string], string>("SELECT body FROM loose_returns WHERE exchange_sale_id = ?").pluck();
  const one = db.prepare<[string], string>("SELECT body FROM loose_returns WHERE return_id = ?").pluck();
  const numbered = db.prepare<[number], string>("SELECT body FROM loose_returns WHERE number = ?").pluck();
  // Of the refunds of its own day alone, which an index finds.
  const hashOf = db
    .prepare<[string, string], Uint8Array>(
      `SELECT hash FROM report_events JOIN journal USING (position)
       WHERE business_date = ? AND report_events.kind = 'refund' AND journal.kind = 'return-without-receipt'
         AND json_extract(CAST(body AS TEXT), '$.returnId') = ?`,
    )
    .pluck();
  const last = db.prepare<[], number | null>("SELECT max(number) FROM loose_returns").pluck();
  const openShiftId = db.prepare<[], string>("SELECT shift_id FROM shifts WHERE closed_at IS NULL").pluck();
  const stored = (returnId: string): LooseReturn | null => returnOf(one.get(returnId));

  function book(returnId: string, build: BuildLooseReturn): ReturnType<LooseReturns["book"]> {
    const shiftId = openShiftId.get();
    assert(shiftId !== undefined, "a drawer is open only in a shift");
    const number = (last.get() ?? 0) + 1;
    const given = build(formatReturnNumber(terminalId, number));
    assert(given.returnId === returnId && given.shiftId === shiftId, `return ${returnId} is of the open shift`);
    assertLooseReturn(given);
    const { businessDate, amountFen, exchange } = given;
    insert.run(number, returnId, businessDate, amountFen, exchange?.saleId ?? null, JSON.stringify(given));
    points.bookLooseReturn(given);
    const { hash } = journal.append({ kind: "return-without-receipt", body: given });
    totals.addRefund({ kind: "cash", amountFen, goods: goodsOfLines(given.lines) }, businessDate, shiftId);
    return { given, hash };
  }

  const port: LooseReturnsStore = {
    looseReturn: stored,
    looseReturnOfExchange: (saleId) => returnOf(ofExchange.get(saleId)),
    looseReturnByNumber(returnNumber) {
      const number = parseReturnNumber(returnNumber);
      const given = number?.terminalId === terminalId ? returnOf(numbered.get(number.counter)) : null;
      if (given === null) return null;
      const hash = hashOf.get(given.businessDate, given.returnId);
      assert(hash !== undefined, `return ${given.returnId} is in the journal`);
      return { given, journalHash: Buffer.from(hash).toString("hex") };
    },
    giveLooseReturn(returnId, build, paper) {
      return change(() => {
        const before = stored(returnId);
        if (before !== null) return before;
        const { given, hash } = book(returnId, build);
        const lines = paper(given, hash);
        printing.add({ jobId: newId(), saleId: null, kind: "refund", lines, state: "queued", createdAtMs: now() });
        return given;
      });
    },
  };
  return { port, book };
}

function returnOf(body: string | undefined): LooseReturn | null {
  // Written by `book` and nowhere else, in a database whose pages and journal are checked.
  return body === undefined ? null : (JSON.parse(body) as LooseReturn);
}
