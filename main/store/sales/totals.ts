import type Database from "better-sqlite3";
import { fen, type Fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { Sale, TenderKind } from "#core/sale/sale.ts";
import type { CashMove } from "#core/shift/cash-move.ts";
import type { ShiftTotals } from "#core/shift/shift.ts";
import { withExpectedCash } from "#core/shift/shift-totals.ts";
import type { GrandTotals } from "#core/shift/z-report.ts";
import { taxesOfGoods } from "#core/tax/tax-sum.ts";
import type { DayTotals } from "#main/till/ports/sales-store.ts";
import type { SalesDatabase } from "./sales-database.ts";
import { shiftTaxes } from "./shift-taxes.ts";

interface TotalsRow {
  readonly sale_count: number;
  readonly sales_fen: number;
  readonly cash_fen: number;
  readonly wechat_fen: number;
  readonly static_code_fen: number;
  readonly discount_fen: number;
  readonly refund_count: number;
  readonly refund_cash_fen: number;
  readonly refund_wechat_fen: number;
}

interface ShiftTotalsRow extends TotalsRow {
  readonly float_fen: number;
  readonly pay_in_fen: number;
  readonly pay_out_fen: number;
  readonly safe_drop_fen: number;
  readonly no_sale_count: number;
}

interface DayRow extends TotalsRow {
  readonly returned_charge_count: number;
  readonly returned_charge_fen: number;
}

interface HourRow {
  readonly hour: number;
  readonly sale_count: number;
  readonly sales_fen: number;
}

interface TaxRow {
  readonly basis_points: number;
  readonly amount_fen: number;
  readonly tax_fen: number;
}

/** Sums kept with every commit, because adding up a year of sales takes a second and this takes none. */
export interface Totals {
  /** Only inside a transaction, as all that changes here. */
  startShift(shiftId: string): void;
  add(sale: Sale): void;
  /**
   * Into the day it is given back on, and the shift that is open then; a bank's late answer may find none. A charge that
   * no sale books was never among what the shop took: it has its own line in the day and none in the shift.
   */
  addRefund(
    refund: Pick<SaleRefund, "kind" | "amountFen" | "goods">,
    businessDate: string,
    shiftId: string | null,
  ): void;
  addCashMove(move: Pick<CashMove, "shiftId" | "kind" | "amountFen">): void;
  addNoSale(shiftId: string): void;
  ofShift(shiftId: string): ShiftTotals;
  /** Of all days together: a few hundred rows a year. */
  grand(): GrandTotals;
  ofDay(businessDate: string): DayTotals;
}

export function totals({ db }: SalesDatabase): Totals {
  const sql = statements(db);
  const taxes = shiftTaxes(db);
  return {
    startShift(shiftId) {
      sql.startShift.run(shiftId);
    },
    add(sale) {
      const { totalFen, businessDate, shiftId } = sale;
      const cashFen = tendered(sale, "cash");
      const wechatFen = tendered(sale, "wechat");
      const staticCodeFen = tendered(sale, "static-code");
      const discountFen = givenAwayFen(sale);
      sql.addToShift.run(shiftId, totalFen, cashFen, wechatFen, staticCodeFen, discountFen);
      sql.addToDay.run(businessDate, totalFen, cashFen, wechatFen, staticCodeFen, discountFen);
      sql.addToHour.run(businessDate, shopHourOf(sale.completedAt), totalFen);
      for (const share of sale.taxes ?? []) {
        sql.addTax.run(businessDate, share.basisPoints, share.amountFen, share.taxFen);
      }
      taxes.sold(shiftId, sale.taxes ?? []);
    },
    addRefund({ kind, amountFen, goods }, businessDate, shiftId) {
      if (kind === "charge") {
        sql.returnedCharge.run(businessDate, amountFen);
        return;
      }
      const cashFen = kind === "cash" ? amountFen : 0;
      const wechatFen = amountFen - cashFen;
      if (shiftId !== null) {
        sql.refundOfShift.run(shiftId, cashFen, wechatFen);
        taxes.givenBack(shiftId, taxesOfGoods(goods ?? []));
      }
      sql.refundOfDay.run(businessDate, cashFen, wechatFen);
    },
    ofShift(shiftId) {
      const row = sql.ofShift.get(shiftId);
      assert(row !== undefined, `shift ${shiftId} exists`);
      return withExpectedCash(fen(row.float_fen), {
        ...sumsOf(row),
        payInFen: fen(row.pay_in_fen),
        payOutFen: fen(row.pay_out_fen),
        safeDropFen: fen(row.safe_drop_fen),
        noSaleCount: row.no_sale_count,
        taxes: taxes.ofShift(shiftId),
      });
    },
    addCashMove({ shiftId, kind, amountFen }) {
      const { changes } = sql.cashMove[kind].run(amountFen, shiftId);
      assert(changes === 1, `shift ${shiftId} exists`);
    },
    addNoSale(shiftId) {
      sql.noSale.run(shiftId);
    },
    grand() {
      const row = sql.grand.get();
      assert(row !== undefined, "a sum has its one row");
      return { salesFen: row.sales_fen, refundsFen: row.refunds_fen };
    },
    ofDay: (businessDate) => dayOf(sql, businessDate),
  };
}

function dayOf(sql: ReturnType<typeof statements>, businessDate: string): DayTotals {
  const row = sql.ofDay.get(businessDate) ?? emptyRow;
  const byHour = sql.hoursOfDay.all(businessDate).map((hour) => ({
    hour: hour.hour,
    saleCount: hour.sale_count,
    salesFen: fen(hour.sales_fen),
  }));
  const returned = {
    returnedChargeCount: row.returned_charge_count,
    returnedChargeFen: fen(row.returned_charge_fen),
  };
  const taxes = sql.taxesOfDay.all(businessDate).map((tax) => {
    return { basisPoints: tax.basis_points, amountFen: fen(tax.amount_fen), taxFen: fen(tax.tax_fen) };
  });
  return { businessDate, ...sumsOf(row), taxes, ...returned, byHour };
}

/** A day on which nothing happened. */
const emptyRow: DayRow = {
  ...{ sale_count: 0, sales_fen: 0, cash_fen: 0, wechat_fen: 0, static_code_fen: 0, discount_fen: 0 },
  ...{ refund_count: 0, refund_cash_fen: 0, refund_wechat_fen: 0 },
  ...{ returned_charge_count: 0, returned_charge_fen: 0 },
};

function statements(db: Database.Database) {
  const sums = "sale_count, sales_fen, cash_fen, wechat_fen, static_code_fen, discount_fen";
  const addUp = `sale_count = sale_count + 1, sales_fen = sales_fen + excluded.sales_fen,
    cash_fen = cash_fen + excluded.cash_fen, wechat_fen = wechat_fen + excluded.wechat_fen,
    static_code_fen = static_code_fen + excluded.static_code_fen,
    discount_fen = discount_fen + excluded.discount_fen`;
  const addToShift = db.prepare(`
    INSERT INTO shift_totals (shift_id, ${sums}) VALUES (?, 1, ?, ?, ?, ?, ?) ON CONFLICT (shift_id) DO UPDATE SET ${addUp}`);
  const addToDay = db.prepare(`
    INSERT INTO day_totals (business_date, ${sums}) VALUES (?, 1, ?, ?, ?, ?, ?) ON CONFLICT (business_date) DO UPDATE SET ${addUp}`);
  const addToHour = db.prepare(`
    INSERT INTO hour_totals (business_date, hour, sale_count, sales_fen) VALUES (?, ?, 1, ?)
    ON CONFLICT (business_date, hour) DO UPDATE SET
      sale_count = sale_count + 1, sales_fen = sales_fen + excluded.sales_fen`);
  const startShift = db.prepare(`INSERT INTO shift_totals (shift_id, ${sums}) VALUES (?, 0, 0, 0, 0, 0, 0)`);
  const refunded = "refund_count, refund_cash_fen, refund_wechat_fen";
  const addUpRefund = `refund_count = refund_count + 1, refund_cash_fen = refund_cash_fen + excluded.refund_cash_fen,
    refund_wechat_fen = refund_wechat_fen + excluded.refund_wechat_fen`;
  const refundOfShift = db.prepare(`
    INSERT INTO shift_totals (shift_id, ${sums}, ${refunded}) VALUES (?, 0, 0, 0, 0, 0, 0, 1, ?, ?)
    ON CONFLICT (shift_id) DO UPDATE SET ${addUpRefund}`);
  const refundOfDay = db.prepare(`
    INSERT INTO day_totals (business_date, ${sums}, ${refunded}) VALUES (?, 0, 0, 0, 0, 0, 0, 1, ?, ?)
    ON CONFLICT (business_date) DO UPDATE SET ${addUpRefund}`);
  const returned = "returned_charge_count, returned_charge_fen";
  const returnedCharge = db.prepare(`
    INSERT INTO day_totals (business_date, ${sums}, ${returned}) VALUES (?, 0, 0, 0, 0, 0, 0, 1, ?)
    ON CONFLICT (business_date) DO UPDATE SET returned_charge_count = returned_charge_count + 1,
      returned_charge_fen = returned_charge_fen + excluded.returned_charge_fen`);
  const moved = "pay_in_fen, pay_out_fen, safe_drop_fen, no_sale_count";
  const grand = db.prepare<[], { readonly sales_fen: number; readonly refunds_fen: number }>(`
    SELECT coalesce(sum(sales_fen), 0) AS sales_fen,
      coalesce(sum(refund_cash_fen + refund_wechat_fen), 0) AS refunds_fen
    FROM day_totals`);
  const ofShift = db.prepare<[string], ShiftTotalsRow>(
    `SELECT ${sums}, ${refunded}, ${moved}, float_fen FROM shift_totals JOIN shifts USING (shift_id) WHERE shift_id = ?`,
  );
  const ofDay = db.prepare<[string], DayRow>(
    `SELECT ${sums}, ${refunded}, ${returned} FROM day_totals WHERE business_date = ?`,
  );
  const hoursOfDay = db.prepare<[string], HourRow>(
    "SELECT hour, sale_count, sales_fen FROM hour_totals WHERE business_date = ? ORDER BY hour",
  );
  return {
    ...taxStatements(db),
    ...moveStatements(db),
    addToShift,
    addToDay,
    addToHour,
    startShift,
    refundOfShift,
    refundOfDay,
    returnedCharge,
    grand,
    ofShift,
    ofDay,
    hoursOfDay,
  };
}

function moveStatements(db: Database.Database) {
  const addMove = (column: string) =>
    db.prepare(`UPDATE shift_totals SET ${column} = ${column} + ? WHERE shift_id = ?`);
  const cashMove = {
    "pay-in": addMove("pay_in_fen"),
    "pay-out": addMove("pay_out_fen"),
    "safe-drop": addMove("safe_drop_fen"),
  };
  const noSale = db.prepare("UPDATE shift_totals SET no_sale_count = no_sale_count + 1 WHERE shift_id = ?");
  return { cashMove, noSale };
}

function taxStatements(db: Database.Database) {
  const addTax = db.prepare(`
    INSERT INTO tax_totals (business_date, basis_points, amount_fen, tax_fen) VALUES (?, ?, ?, ?)
    ON CONFLICT (business_date, basis_points) DO UPDATE SET
      amount_fen = amount_fen + excluded.amount_fen, tax_fen = tax_fen + excluded.tax_fen`);
  const taxesOfDay = db.prepare<[string], TaxRow>(
    "SELECT basis_points, amount_fen, tax_fen FROM tax_totals WHERE business_date = ? ORDER BY basis_points DESC",
  );
  return { addTax, taxesOfDay };
}

/** What the shop gave up of the full price: line and sale discounts, promotions and 抹零 together. */
export function givenAwayFen(sale: Sale): Fen {
  return fen(sale.lineDiscountFen + (sale.promotionFen ?? 0) + sale.saleDiscountFen + sale.roundingFen);
}

function sumsOf(row: TotalsRow) {
  return {
    saleCount: row.sale_count,
    salesFen: fen(row.sales_fen),
    cashFen: fen(row.cash_fen),
    wechatFen: fen(row.wechat_fen),
    staticCodeFen: fen(row.static_code_fen),
    discountFen: fen(row.discount_fen),
    refundCount: row.refund_count,
    refundCashFen: fen(row.refund_cash_fen),
    refundWechatFen: fen(row.refund_wechat_fen),
  };
}

function tendered(sale: Sale, kind: TenderKind): Fen {
  let sum = 0;
  for (const tender of sale.tenders) if (tender.kind === kind) sum += tender.amountFen;
  return fen(sum);
}

/** `completedAt` carries the shop's own offset, so its hour is already the shop's: no time zone needed here. */
function shopHourOf(completedAt: string): number {
  const hour = /T(\d\d):/.exec(completedAt)?.[1];
  assert(hour !== undefined, `an RFC 3339 time, got ${completedAt}`);
  return Number(hour);
}
