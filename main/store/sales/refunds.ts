import type { Refund } from "#core/refund/refund.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import { isRefundOver } from "#core/refund/step-refund.ts";
import { assert } from "#core/result.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import type { Journal } from "./journal.ts";
import { grantEnd } from "./other-sales.ts";
import type { Printing } from "./printing.ts";
import { type RefundRows, refundRows } from "./refund-rows.ts";
import type { SalesDatabase } from "./sales-database.ts";
import type { Totals } from "./totals.ts";

type RefundsPort = Pick<
  SalesStore,
  | "createRefund"
  | "saveRefund"
  | "settleRefund"
  | "giveCashRefund"
  | "refund"
  | "refundsOfSale"
  | "refundsOfCharge"
  | "unfinishedRefunds"
  | "undeliveredRefunds"
  | "noteRefundHandled"
>;

interface Deps {
  readonly database: SalesDatabase;
  readonly journal: Journal;
  readonly totals: Totals;
  readonly printing: Printing;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Money given back: each refund on disk before its first byte leaves, counted once, its number kept for ever. */
export function refunds({ database, journal, totals, printing, now, newId }: Deps): RefundsPort {
  const { db, change } = database;
  const rows: RefundRows = refundRows(db);
  const endGrant = grantEnd(db);
  const openShiftId = db.prepare<[], string>("SELECT shift_id FROM shifts WHERE closed_at IS NULL").pluck();

  /** Inside a transaction: the journal's word, the totals of the day and the open shift, the paper. */
  function give(refund: SaleRefund, receipt: (refund: SaleRefund, journalHash: string) => string): void {
    assert(refund.given !== null, "money given back has a day it counts in");
    const { hash } = journal.append({ kind: "refund-settled", body: refund });
    totals.addRefund(refund, refund.given.businessDate, openShiftId.get() ?? null);
    const lines = receipt(refund, hash);
    const isOwnSale = refund.kind !== "charge" && refund.soldBy === undefined;
    const saleId = isOwnSale ? refund.saleId : null;
    printing.add({ jobId: newId(), saleId, kind: "refund", lines, state: "queued", createdAtMs: now() });
  }

  return {
    createRefund(refund) {
      const { kind, state, gateway, refundNo } = refund;
      assert(kind !== "cash" && gateway !== null && gateway.outRefundNo === refundNo, "a refund through the gateway");
      assert(state === "requested" && gateway.state === state, "a new refund was not sent yet");
      change(() => {
        rows.insert(refund);
        if (refund.check !== undefined) endGrant(refund.check.grantId);
        journal.append({ kind: "refund-created", body: refund });
      });
    },
    saveRefund(step) {
      assert(!isRefundOver(step), "the end of a refund is settled, with its journal entry");
      change(() => {
        const stored = earlierStepOf(rows, step);
        const next = { ...stored, state: step.state, gateway: step };
        if (stored.state !== "refused") return rows.update(next);
        const again = { ...next, handled: null };
        if (again.check !== undefined) endGrant(again.check.grantId);
        journal.append({ kind: "refund-retried", body: again });
        rows.update(again);
      });
    },
    settleRefund(step, given, receipt) {
      assert(isRefundOver(step), "a settled refund is given back, closed or refused");
      return change(() => {
        const stored = rows.find(step.outRefundNo);
        if (stored !== null && stored.state === step.state) return stored; // told twice
        const isGiven = step.state === "succeeded";
        const next = { ...earlierStepOf(rows, step), state: step.state, gateway: step, given: isGiven ? given : null };
        rows.update(next);
        if (isGiven) give(next, receipt);
        else journal.append({ kind: "refund-settled", body: next });
        return next;
      });
    },
    giveCashRefund(refund, receipt) {
      assert(refund.kind === "cash" && refund.gateway === null, "a refund from the drawer");
      change(() => {
        assert(openShiftId.get() !== undefined, "a drawer is open only in a shift");
        rows.insert(refund);
        if (refund.check !== undefined) endGrant(refund.check.grantId);
        give(refund, receipt);
      });
    },
    noteRefundHandled: (refundNo, handled) => change(() => noteHandled(rows, journal, refundNo, handled)),
    refund: (refundNo) => rows.find(refundNo),
    refundsOfSale: (saleId) => rows.ofSale(saleId),
    refundsOfCharge: (outTradeNo) => rows.ofCharge(outTradeNo),
    unfinishedRefunds: () => rows.unfinished(),
    undeliveredRefunds: (limit) => rows.undelivered(limit),
  };
}

/** Inside a transaction. Told twice, the first word stands. */
function noteHandled(
  rows: RefundRows,
  journal: Journal,
  refundNo: string,
  handled: NonNullable<SaleRefund["handled"]>,
): SaleRefund {
  const stored = rows.find(refundNo);
  assert(stored !== null, `refund ${refundNo} was created first`);
  assert(isRefundOver(stored), "while a refund is on its way nobody else gives its money back");
  if (stored.handled !== null) return stored;
  const next = { ...stored, handled };
  rows.update(next);
  journal.append({ kind: "refund-handled", body: { refundNo, ...handled } });
  return next;
}

/** The stored refund this is a later step of; who gets how much of which payment never changes. */
function earlierStepOf(rows: RefundRows, step: Refund): SaleRefund {
  const { outRefundNo, outTradeNo, tenderId, amountFen, totalFen } = step;
  const stored = rows.find(outRefundNo);
  const before = stored?.gateway;
  assert(stored !== null && before !== null && before !== undefined, `refund ${outRefundNo} was created first`);
  const isSameMoney = before.amountFen === amountFen && before.totalFen === totalFen;
  const isSame = isSameMoney && before.outTradeNo === outTradeNo && before.tenderId === tenderId;
  assert(isSame, `refund ${outRefundNo} keeps its payment and its amount`);
  const isFinal = stored.state === "succeeded" || stored.state === "closed";
  assert(!isFinal, `refund ${outRefundNo} is ${stored.state} for ever`);
  return stored;
}
