import { assert } from "#core/result.ts";
import type { LooseReturn } from "#core/returns/loose-return.ts";
import type { SaleReturn } from "#core/returns/sale-return.ts";
import { formatSaleNumber } from "#core/sale/sale-number.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { BookedExchange, JournalDraft, SalesStore } from "#main/till/ports/sales-store.ts";
import type { Attempts } from "./attempts.ts";
import type { Drafts } from "./drafts.ts";
import type { Journal } from "./journal.ts";
import type { LooseReturns } from "./loose-returns.ts";
import type { Printing } from "./printing.ts";
import type { Returns } from "./returns.ts";
import { saleRows } from "./sale-rows.ts";
import type { SalesDatabase } from "./sales-database.ts";
import type { StaticTakings } from "./static-takings.ts";
import type { Totals } from "./totals.ts";

interface SaleRow {
  readonly journal_position: number;
  readonly print_job_id: string;
  readonly hash: Uint8Array;
}

interface Deps {
  readonly database: SalesDatabase;
  readonly journal: Journal;
  readonly totals: Totals;
  readonly drafts: Drafts;
  readonly attempts: Attempts;
  readonly takings: StaticTakings;
  readonly printing: Printing;
  readonly returns: Returns;
  readonly looseReturns: LooseReturns;
  readonly terminalId: string;
  readonly now: () => number;
  readonly newId: () => string;
}

type Committed = ReturnType<SalesStore["commitSale"]>;

/** COMMIT 2 and what reads single sales back. */
export function sales(deps: Deps): Pick<SalesStore, "commitSale" | "sale" | "saleByNumber" | "saleByTransaction"> {
  const { db, change } = deps.database;
  const insert = saleRows(db);
  const columns = "SELECT journal_position, print_job_id, hash FROM sales JOIN journal ON position = journal_position";
  const byId = db.prepare<[string], SaleRow>(`${columns} WHERE sale_id = ?`);
  const byNumber = db.prepare<[string], SaleRow>(`${columns} WHERE sale_number = ?`);
  const byTransaction = db.prepare<[{ readonly id: string }], SaleRow>(
    `${columns} WHERE number = (
       SELECT number FROM tenders WHERE transaction_id = $id UNION ALL
       SELECT number FROM tenders JOIN static_takings USING (tender_id) WHERE static_takings.transaction_id = $id)`,
  );
  const openShiftId = db.prepare<[], string>("SELECT shift_id FROM shifts WHERE closed_at IS NULL").pluck();
  const takeNumber = db
    .prepare<[], number>("UPDATE meta SET next_sale_number = next_sale_number + 1 RETURNING next_sale_number - 1")
    .pluck();

  function committed(row: SaleRow | undefined): Committed | null {
    if (row === undefined) return null;
    // The journal's bytes are the sale: the rows beside it are for adding up. Written by `commitSale` below.
    const sale = deps.journal.bodyAt(row.journal_position) as Sale;
    return { sale, journalHash: Buffer.from(row.hash).toString("hex"), printJobId: row.print_job_id };
  }

  /** The gateway's word for every WeChat tender is already on disk, or is written in this very transaction. */
  function assertPaid(sale: Sale): void {
    const ofSale = deps.attempts.port.attemptsOfSale(sale.saleId);
    for (const tender of sale.tenders) {
      if (tender.kind !== "wechat") continue;
      const paid = ofSale.find(({ outTradeNo }) => outTradeNo === tender.outTradeNo);
      const covers = paid?.state === "paid" && paid.amountFen === tender.amountFen && paid.tenderId === tender.tenderId;
      assert(covers, `tender ${tender.tenderId} is a paid attempt of this sale`);
    }
    const claimed = new Set(sale.tenders.map(({ tenderId }) => tenderId));
    const isSettled = ofSale.every(({ state, tenderId }) =>
      state === "paid" ? claimed.has(tenderId) : state === "failed" || state === "reversed" || state === "abandoned",
    );
    assert(isSettled, `no payment of sale ${sale.saleId} is under way or left out`);
  }

  return {
    commitSale(saleId, build, settled, receipt, exchange = null) {
      return change(() => {
        // The answer may have been lost, never the sale: asking again gives what is stored (odoo#40567, odoo#258304).
        const stored = committed(byId.get(saleId));
        if (stored !== null) return stored;
        if (settled !== null) deps.attempts.settle(settled);
        const number = takeNumber.get();
        assert(number !== undefined, "meta has its one row");
        const saleNumber = formatSaleNumber(deps.terminalId, number);
        const sale = build(saleNumber);
        assertSound(sale, { saleId, saleNumber, terminalId: deps.terminalId, shiftId: openShiftId.get() });
        assertPaid(sale);
        const { position, hash } = deps.journal.append(entryOf(sale));
        const printJobId = deps.newId();
        insert(sale, number, position, printJobId);
        deps.totals.add(sale);
        deps.takings.add(sale);
        if (exchange !== null) bookExchange(deps, sale, exchange(sale));
        const lines = receipt(sale, hash);
        const createdAtMs = deps.now();
        deps.printing.add({ jobId: printJobId, saleId, kind: "receipt", lines, state: "queued", createdAtMs });
        deps.drafts.remove(saleId);
        return { sale, journalHash: hash, printJobId };
      });
    },
    sale(saleId) {
      return withoutJob(committed(byId.get(saleId)));
    },
    saleByNumber(saleNumber) {
      return withoutJob(committed(byNumber.get(saleNumber)));
    },
    saleByTransaction(transactionId) {
      return withoutJob(committed(byTransaction.get({ id: transactionId })));
    },
  };
}

/**
 * Version 2 is version 1 with static-code tenders allowed, version 3 that with promotions, coupons, prices set by hand and
 * taxes, version 4 any of them with a payment on the customer's phone. A sale with none of what a version brought is written as before, so that a head office that was not brought up to
 * date yet reads all but those, and those once it is.
 */
function entryOf(sale: Sale): JournalDraft {
  const isCarried = sale.tenders.some((tender) => tender.kind === "wechat" && tender.method === "carried");
  if (isCarried) return { kind: "sale-completed", v: 4, body: sale };
  if (sale.promotionFen !== undefined) return { kind: "sale-completed", v: 3, body: sale };
  const v = sale.tenders.some(({ kind }) => kind === "static-code") ? 2 : 1;
  return { kind: "sale-completed", v, body: sale };
}

/** Inside the sale's transaction: each whole by itself, and one names the other. */
function bookExchange(
  { returns, looseReturns }: Pick<Deps, "returns" | "looseReturns">,
  sale: Sale,
  booked: BookedExchange,
): void {
  if (booked.kind === "loose") {
    const { given } = looseReturns.book(booked.returnId, booked.build);
    assertPays(given, sale);
    return;
  }
  assertPays(booked.given, sale);
  returns.book(booked.given, booked.refunds);
}

function assertPays({ returnId, exchange }: SaleReturn | LooseReturn, { saleId, tenders }: Sale): void {
  const credit = tenders.find(({ tenderId }) => tenderId === returnId);
  assert(exchange?.saleId === saleId, `the return is exchanged for sale ${saleId}`);
  assert((credit?.amountFen ?? 0) === exchange.creditFen, "what was brought back pays its part of the sale");
}

function withoutJob(found: Committed | null): { readonly sale: Sale; readonly journalHash: string } | null {
  return found === null ? null : { sale: found.sale, journalHash: found.journalHash };
}

/** Sums of parts are re-checked at the last door before the disk: a sale that does not add up must never be journaled. */
function assertSound(
  sale: Sale,
  expected: Pick<Sale, "saleId" | "saleNumber" | "terminalId"> & { readonly shiftId: string | undefined },
): void {
  assert(sale.saleId === expected.saleId, "the sale that was built is the one that was asked for");
  assert(sale.saleNumber === expected.saleNumber, `sale ${sale.saleId} takes number ${expected.saleNumber}`);
  assert(sale.terminalId === expected.terminalId, `sale ${sale.saleId} is of terminal ${expected.terminalId}`);
  assert(sale.shiftId === expected.shiftId, `sale ${sale.saleId} is in the open shift`);
  let netFen = 0;
  for (const line of sale.lines) netFen += line.netFen;
  assert(netFen === sale.totalFen, `the lines of sale ${sale.saleId} sum to its total`);
  let tenderedFen = 0;
  for (const tender of sale.tenders) tenderedFen += tender.amountFen;
  assert(tenderedFen === sale.totalFen, `the tenders of sale ${sale.saleId} sum to its total`);
}
