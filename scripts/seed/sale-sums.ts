import type Database from "better-sqlite3";
import { addSums, hourOf, type Share, sharesOfSale } from "#core/report/shares.ts";
import type { Sale, SaleLine } from "#core/sale/sale.ts";
import { sharesWriter } from "#main/store/sales/report-totals.ts";
import { givenAwayFen } from "#main/store/sales/totals.ts";

/** What sales add to the sums of the file, kept until it is written in one go. */
export interface SaleSums {
  add(sale: Sale): void;
  move(sku: string, quantityMilli: number): void;
  /** Only inside a transaction. */
  write(): void;
}

/** Whole fen, and how many sales: shift, day and hour alike. */
interface Taken {
  count: number;
  salesFen: number;
  cashFen: number;
  wechatFen: number;
  staticFen: number;
  discountFen: number;
}

interface OfShift {
  readonly businessDate: string;
  readonly taken: Taken;
  readonly hours: Map<number, { count: number; salesFen: number }>;
  readonly taxes: Map<number, { amountFen: number; taxFen: number }>;
  readonly shares: Map<string, Share>;
}

/** Adds up what the store adds up sale by sale (totals.ts, shift-taxes.ts, report-totals.ts, stock-ledger.ts). */
export function saleSums(db: Database.Database): SaleSums {
  const sql = statements(db);
  const putShare = sharesWriter(db);
  const shifts = new Map<string, OfShift>();
  const levels = new Map<string, number>();
  const names = new Map<string, SaleLine>();

  return {
    move: (sku, quantityMilli) => void levels.set(sku, (levels.get(sku) ?? 0) + quantityMilli),
    add(sale) {
      let of = shifts.get(sale.shiftId);
      if (of === undefined) shifts.set(sale.shiftId, (of = emptyShift(sale.businessDate)));
      addSale(of, sale);
      for (const line of sale.lines) if (line.sku !== null) names.set(line.sku, line);
    },
    write() {
      for (const [shiftId, of] of shifts) writeShift(sql, shiftId, of);
      for (const { businessDate, shares } of shifts.values())
        for (const share of shares.values()) putShare(businessDate, share);
      for (const [sku, milli] of levels) sql.level.run(sku, milli);
      for (const [sku, { nameZh, nameEn, unit }] of names) sql.name.run(sku, nameZh, nameEn, unit);
      shifts.clear();
      levels.clear();
      names.clear();
    },
  };
}

function emptyShift(businessDate: string): OfShift {
  const taken = { count: 0, salesFen: 0, cashFen: 0, wechatFen: 0, staticFen: 0, discountFen: 0 };
  return { businessDate, taken, hours: new Map(), taxes: new Map(), shares: new Map() };
}

function addSale({ taken, hours, taxes, shares }: OfShift, sale: Sale): void {
  taken.count += 1;
  taken.salesFen += sale.totalFen;
  taken.discountFen += givenAwayFen(sale);
  for (const { kind, amountFen } of sale.tenders) {
    if (kind === "cash") taken.cashFen += amountFen;
    else if (kind === "wechat") taken.wechatFen += amountFen;
    else taken.staticFen += amountFen;
  }
  const hour = Number(hourOf(sale.completedAt));
  const before = hours.get(hour) ?? { count: 0, salesFen: 0 };
  hours.set(hour, { count: before.count + 1, salesFen: before.salesFen + sale.totalFen });
  for (const { basisPoints, amountFen, taxFen } of sale.taxes ?? []) {
    const tax = taxes.get(basisPoints) ?? { amountFen: 0, taxFen: 0 };
    taxes.set(basisPoints, { amountFen: tax.amountFen + amountFen, taxFen: tax.taxFen + taxFen });
  }
  for (const share of sharesOfSale(sale)) {
    const key = `${share.dimension} ${share.key}`;
    const known = shares.get(key);
    shares.set(key, known === undefined ? share : { ...share, ...addSums(known, share) });
  }
}

function writeShift(sql: ReturnType<typeof statements>, shiftId: string, of: OfShift): void {
  const { businessDate, taken, hours, taxes } = of;
  const { count, salesFen, cashFen, wechatFen, staticFen, discountFen } = taken;
  sql.shift.run(shiftId, count, salesFen, cashFen, wechatFen, staticFen, discountFen);
  sql.day.run(businessDate, count, salesFen, cashFen, wechatFen, staticFen, discountFen);
  for (const [hour, sums] of hours) sql.hour.run(businessDate, hour, sums.count, sums.salesFen);
  for (const [basisPoints, { amountFen, taxFen }] of taxes) {
    sql.tax.run(businessDate, basisPoints, amountFen, taxFen);
    sql.shiftTax.run(shiftId, basisPoints, amountFen, taxFen);
  }
}

function statements(db: Database.Database) {
  const adding = (table: string, keys: readonly string[], sums: readonly string[]) =>
    db.prepare(`
      INSERT INTO ${table} (${[...keys, ...sums].join(", ")}) VALUES (${[...keys, ...sums].map(() => "?").join(", ")})
      ON CONFLICT (${keys.join(", ")}) DO UPDATE SET ${sums.map((sum) => `${sum} = ${sum} + excluded.${sum}`).join(", ")}`);
  const taken = ["sale_count", "sales_fen", "cash_fen", "wechat_fen", "static_code_fen", "discount_fen"];
  const tax = ["amount_fen", "tax_fen"];
  return {
    shift: adding("shift_totals", ["shift_id"], taken),
    day: adding("day_totals", ["business_date"], taken),
    hour: adding("hour_totals", ["business_date", "hour"], ["sale_count", "sales_fen"]),
    tax: adding("tax_totals", ["business_date", "basis_points"], tax),
    shiftTax: adding("shift_tax_totals", ["shift_id", "basis_points"], tax),
    level: adding("stock_levels", ["sku"], ["level_milli"]),
    name: db.prepare(`
      INSERT INTO sold_items (sku, name_zh, name_en, unit) VALUES (?, ?, ?, ?)
      ON CONFLICT (sku) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, unit = excluded.unit
      WHERE (name_zh, name_en, unit) <> (excluded.name_zh, excluded.name_en, excluded.unit)`),
  };
}
