import { assert } from "#core/result.ts";
import type { OtherSale, OtherSalesStore } from "#main/till/ports/other-sales.ts";
import type { Journal } from "./journal.ts";
import { refundRows } from "./refund-rows.ts";
import type { SalesDatabase } from "./sales-database.ts";

/** Other tills' sales as they were told here, and the grants this till has asked for. */
export function otherSales({ db, change }: SalesDatabase, journal: Journal): OtherSalesStore {
  const putSale = db.prepare(`
    INSERT INTO other_sales (sale_id, terminal_id, sale_number, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (sale_id) DO UPDATE SET body = excluded.body`);
  const putTender = db.prepare(`
    INSERT INTO other_tenders (tender_id, sale_id, amount_fen) VALUES (?, ?, ?)
    ON CONFLICT (tender_id) DO UPDATE SET amount_fen = excluded.amount_fen`);
  const one = db.prepare<[string], string>("SELECT body FROM other_sales WHERE sale_id = ?").pluck();
  const insertGrant = db.prepare("INSERT INTO open_grants (grant_id) VALUES (?)");
  const grants = db.prepare<[], string>("SELECT grant_id FROM open_grants ORDER BY grant_id").pluck();
  const end = grantEnd(db);
  const rows = refundRows(db);

  function find(saleId: string): OtherSale | null {
    const body = one.get(saleId);
    // Written below and nowhere else, in a database whose pages are checked.
    return body === undefined ? null : (JSON.parse(body) as OtherSale);
  }

  return {
    keepOtherSale(told) {
      const { sold } = told;
      change(() => {
        const before = find(sold.saleId);
        assert(before === null || before.sold.terminalId === sold.terminalId, "a sale stays the till's that sold it");
        const kept: OtherSale = { ...told, receipt: told.receipt ?? before?.receipt ?? null };
        putSale.run(sold.saleId, sold.terminalId, sold.saleNumber, JSON.stringify(kept));
        for (const { tenderId, amountFen } of sold.tenders) putTender.run(tenderId, sold.saleId, amountFen);
      });
    },
    otherSale: find,
    beginGrant: (grantId) => void change(() => insertGrant.run(grantId)),
    dropGrant: (grantId) => void change(() => end(grantId)),
    returnGrant(grantId) {
      change(() => {
        if (end(grantId)) journal.append({ kind: "refund-grant-returned", body: { grantId } });
      });
    },
    openGrants: () => grants.all(),
    noteCheck(refundNo, check) {
      change(() => {
        const stored = rows.find(refundNo);
        assert(stored?.state === "refused", "a refused refund alone is sent again under another word");
        rows.update({ ...stored, check });
      });
    },
  };
}

/** Inside a transaction: the grant has its end here. @returns false where it had it, or is none */
export function grantEnd(db: SalesDatabase["db"]): (grantId: string) => boolean {
  const remove = db.prepare("DELETE FROM open_grants WHERE grant_id = ?");
  return (grantId) => remove.run(grantId).changes > 0;
}
