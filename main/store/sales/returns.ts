import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { ReturnedPart } from "#core/returns/returned-lines.ts";
import type { SaleReturn } from "#core/returns/sale-return.ts";
import { assert } from "#core/result.ts";
import type { ReturnsStore } from "#main/till/ports/returns-store.ts";
import type { Journal } from "./journal.ts";
import { grantEnd } from "./other-sales.ts";
import { memberPoints } from "./member-points.ts";
import type { Printing } from "./printing.ts";
import { refundRows } from "./refund-rows.ts";
import type { SalesDatabase } from "./sales-database.ts";
import type { Totals } from "./totals.ts";

interface Deps {
  readonly database: SalesDatabase;
  readonly journal: Journal;
  readonly totals: Totals;
  readonly printing: Printing;
  readonly now: () => number;
  readonly newId: () => string;
}

export interface Returns {
  readonly port: Omit<ReturnsStore, "searchSales">;
  /** Only inside a transaction. @returns the hash of its journal entry (hex) */
  book(given: SaleReturn, refunds: readonly SaleRefund[]): string;
}

/** Goods that came back, each with its refunds in one transaction. */
export function returns({ database, journal, totals, printing, now, newId }: Deps): Returns {
  const { db, change } = database;
  const sql = statements(db);
  const rows = refundRows(db);
  const endGrant = grantEnd(db);
  const points = memberPoints(database);

  function bookRefund(refund: SaleRefund): void {
    const { kind, state, given } = refund;
    rows.insert(refund);
    if (refund.check !== undefined) endGrant(refund.check.grantId);
    if (kind === "cash") {
      assert(state === "succeeded" && given !== null, "cash is given at once");
      journal.append({ kind: "refund-settled", body: refund });
      totals.addRefund(refund, given.businessDate, sql.openShiftId.get() ?? null);
    } else {
      assert(state === "requested" && kind === "wechat", "a new refund was not sent yet");
      journal.append({ kind: "refund-created", body: refund });
    }
  }

  function book(given: SaleReturn, refunds: readonly SaleRefund[]): string {
    assertSound(given, refunds);
    assert(sql.openShiftId.get() !== undefined, "goods are taken back only in a shift");
    const { returnId, saleId, lines } = given;
    const isOwn = given.soldBy === undefined;
    sql.insert.run(
      ...[returnId, isOwn ? saleId : null, isOwn ? null : saleId],
      ...[given.exchange?.saleId ?? null, JSON.stringify(given)],
    );
    for (const { lineNumber, quantity, worthFen, condition } of lines)
      sql.insertLine.run(returnId, lineNumber, saleId, quantity, worthFen, condition);
    points.bookReturn(given);
    for (const refund of refunds) bookRefund(refund);
    return journal.append({ kind: "goods-returned", body: given }).hash;
  }

  const port: Returns["port"] = {
    giveReturn(given, refunds, paper) {
      return change(() => {
        const stored = returnOf(sql.one.get(given.returnId));
        if (stored !== null) return stored;
        const lines = paper(given, book(given, refunds));
        const saleId = given.soldBy === undefined ? given.saleId : null;
        printing.add({ jobId: newId(), saleId, kind: "refund", lines, state: "queued", createdAtMs: now() });
        return given;
      });
    },
    saleReturn: (returnId) => returnOf(sql.one.get(returnId)),
    returnsOfSale: (saleId) => sql.ofSale.all({ id: saleId }).flatMap((body) => returnOf(body) ?? []),
    returnOfExchange: (saleId) => returnOf(sql.ofExchange.get(saleId)),
    keepReturnedElsewhere: (saleId, parts) => void change(() => sql.keepTold.run(saleId, JSON.stringify(parts))),
    returnedElsewhere(saleId) {
      const body = sql.told.get(saleId);
      // Written above and nowhere else, in a database whose pages are checked.
      return body === undefined ? [] : (JSON.parse(body) as readonly ReturnedPart[]);
    },
  };
  return { port, book };
}

function statements(db: SalesDatabase["db"]) {
  return {
    insert: db.prepare(
      "INSERT INTO returns (return_id, sale_id, other_sale_id, exchange_sale_id, body) VALUES (?, ?, ?, ?, ?)",
    ),
    insertLine: db.prepare(`
      INSERT INTO returned_lines (return_id, line_number, sale_id, quantity_milli, worth_fen, condition)
      VALUES (?, ?, ?, ?, ?, ?)`),
    one: db.prepare<[string], string>("SELECT body FROM returns WHERE return_id = ?").pluck(),
    ofSale: db
      .prepare<[{ readonly id: string }], string>(
        "SELECT body FROM returns WHERE sale_id = $id OR other_sale_id = $id ORDER BY position",
      )
      .pluck(),
    ofExchange: db.prepare<[string], string>("SELECT body FROM returns WHERE exchange_sale_id = ?").pluck(),
    keepTold: db.prepare(`
      INSERT INTO returned_elsewhere (sale_id, body) VALUES (?, ?)
      ON CONFLICT (sale_id) DO UPDATE SET body = excluded.body`),
    told: db.prepare<[string], string>("SELECT body FROM returned_elsewhere WHERE sale_id = ?").pluck(),
    openShiftId: db.prepare<[], string>("SELECT shift_id FROM shifts WHERE closed_at IS NULL").pluck(),
  };
}

function returnOf(body: string | undefined): SaleReturn | null {
  // Written by `book` and nowhere else, in a database whose pages and journal are checked.
  return body === undefined ? null : (JSON.parse(body) as SaleReturn);
}

/** Sums of parts are checked at the last door: a return whose money is not its refunds must never be journaled. */
function assertSound(given: SaleReturn, refunds: readonly SaleRefund[]): void {
  const { returnId, lines, worthFen, amountFen, refundNos } = given;
  assert(lines.length > 0, "a return brings something back");
  let linesFen = 0;
  for (const line of lines) linesFen += line.worthFen;
  assert(linesFen === worthFen, `the lines of return ${returnId} sum to its worth`);
  let refundsFen = 0;
  for (const refund of refunds) {
    refundsFen += refund.amountFen;
    let goodsFen = 0;
    for (const goods of refund.goods ?? []) goodsFen += goods.amountFen;
    assert(refund.goods === undefined || goodsFen === refund.amountFen, `the goods of ${refund.refundNo} sum to it`);
  }
  assert(refundsFen === amountFen && amountFen <= worthFen, `the refunds of return ${returnId} sum to its amount`);
  assert(
    refunds.length === refundNos.length && refunds.every(({ refundNo }, index) => refundNo === refundNos[index]),
    `return ${returnId} names its refunds`,
  );
  assert(
    refunds.every(({ saleId }) => saleId === given.saleId),
    `the refunds of return ${returnId} are of its sale`,
  );
}
