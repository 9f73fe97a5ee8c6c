import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { applyCartEvent } from "#core/cart/apply.ts";
import { type Cart, type CartLine, emptyCart } from "#core/cart/cart.ts";
import { type Fen, fen, zeroFen } from "#core/money/fen.ts";
import { scaleDown, scaleHalfUp } from "#core/money/rounding.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { RefundedGoods } from "#core/returns/refunded-goods.ts";
import { judgeLooseReturn } from "#core/returns/loose-return.ts";
import { completeSale } from "#core/sale/complete-sale.ts";
import type { Sale, Tender } from "#core/sale/sale.ts";
import { migrate } from "#main/store/migrate.ts";
import { openSalesStore, type OpenSalesStore, salesFile, salesMigrations } from "#main/store/sales/open-sales-store.ts";

export const days = ["2026-03-01", "2026-03-02", "2026-03-03"] as const;
export const all = { from: days[0], to: days[2] };

interface Line {
  readonly sku: number;
  readonly many: number;
  readonly off: number;
  /** A price that a person has set; absent where it is the catalogue's. */
  readonly setFen?: number;
}
export type Step =
  | {
      readonly kind: "sell";
      readonly lines: readonly Line[];
      readonly isSplit: boolean;
      readonly hour: number;
      readonly who: number;
    }
  | {
      readonly kind: "give-back";
      readonly of: number;
      readonly part: number;
      readonly hour: number;
      /** Whether goods came back for it. */
      readonly hasGoods?: boolean;
    }
  /** Goods of no known sale, for cash. */
  | { readonly kind: "loose"; readonly lines: readonly Line[]; readonly hour: number }
  | { readonly kind: "void"; readonly lines: readonly Line[]; readonly isWhole: boolean; readonly hour: number }
  | { readonly kind: "next-shift" }
  | { readonly kind: "next-day" };

const line = fc.record(
  { sku: fc.nat(5), many: fc.integer({ min: 1, max: 4 }), off: fc.nat(300), setFen: fc.integer({ min: 0, max: 900 }) },
  { requiredKeys: ["sku", "many", "off"] },
);
const lines = fc.array(line, { minLength: 1, maxLength: 4 });
const hour = fc.integer({ min: 0, max: 23 });
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("sell" as const), lines, isSplit: fc.boolean(), hour, who: fc.nat(1) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: fc.constant("give-back" as const), of: fc.nat(9), part: fc.nat(900), hour },
      hasGoods: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("loose" as const), lines, hour }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("void" as const), lines, isWhole: fc.boolean(), hour }) },
  { weight: 1, arbitrary: fc.constant({ kind: "next-shift" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "next-day" as const }) },
);

function cartOf(saleId: string, of: readonly Line[]): Cart {
  let cart = emptyCart(saleId);
  for (const [index, { sku, many, off, setFen }] of of.entries()) {
    const isWeighed = sku === 4;
    const made: CartLine = {
      ...{ id: `${saleId}-${index}`, sku: sku === 5 ? null : `S${sku}`, nameZh: `货${sku}`, nameEn: `Thing ${sku}` },
      ...{ categoryId: sku === 5 ? null : `c${sku % 2}`, taxClass: sku === 1 ? "reduced" : "general", barcode: null },
      ...{ source: "scan", unit: isWeighed ? "kg" : "piece", unitPriceFen: fen(333 + 100 * sku) },
      ...{ quantity: isWeighed ? milli(345 * many) : pieces(many), labelAmountFen: null },
      discount: off === 0 ? null : { kind: "amount", amountFen: fen(off) },
      ...(setFen === undefined ? {} : setByHand(fen(333 + 100 * sku), fen(setFen))),
    };
    const added = applyCartEvent(cart, { kind: "line-added", line: made });
    if (added.ok) cart = added.value;
  }
  return { ...cart, rounding: "jiao", discount: { kind: "percent", basisPoints: 100 } };
}

function setByHand(
  fromFen: Fen,
  unitPriceFen: Fen,
): Pick<CartLine, "unitPriceFen"> & Required<Pick<CartLine, "override">> {
  return { unitPriceFen, override: { fromFen, reason: "临期", approvedBy: "m" } };
}

interface Thrown {
  readonly businessDate: string;
  readonly fen: number;
}

interface GivenBack extends Thrown {
  readonly goods: readonly RefundedGoods[];
}

/** What came back for so much: the first lines as far as they go, with their share of any tax. */
function goodsFor({ lines: sold }: Sale, amountFen: number): readonly RefundedGoods[] {
  let left = amountFen;
  return sold.flatMap(({ sku, categoryId, taxClass, netFen, taxBasisPoints, taxFen }) => {
    const taken = Math.min(left, netFen);
    left -= taken;
    if (taken === 0) return [];
    const goods = { sku, categoryId, taxClass, amountFen: fen(taken) };
    if (taxBasisPoints === undefined || taxFen === undefined) return [goods];
    return [{ ...goods, taxBasisPoints, taxFen: fen(scaleDown(taxFen, taken, netFen)) }];
  });
}

/** The shop names its rates for one of its two cashiers' tills and not for the other: sales with tax and without. */
const taxRates = [
  { taxClass: "general", basisPoints: 1_300 },
  { taxClass: "reduced", basisPoints: 900 },
];

/** A till's file, and beside it a plain list of what was done, added up anew by every expectation. */
export class Day {
  readonly directory = mkdtempSync(join(tmpdir(), "tillway-reports-"));
  readonly path = join(this.directory, "sales.db");
  readonly sales: Sale[] = [];
  readonly refunds: GivenBack[] = [];
  readonly voids: Thrown[] = [];
  store: OpenSalesStore;
  #at = 0;
  #shift = 0;
  #ids = 0;

  constructor() {
    this.store = this.#open();
    this.#beginShift();
  }

  run(one: Step): void {
    if (one.kind === "next-day") this.#at = Math.min(this.#at + 1, 2);
    if (one.kind === "next-day" || one.kind === "next-shift") this.#beginShift();
    else if (one.kind === "sell") this.#sell(one);
    else if (one.kind === "give-back") this.#giveBack(one);
    else if (one.kind === "loose") this.#takeBack(one);
    else this.#void(one);
  }

  /** The file as an older till left it: without anything of the reports, made anew by the next start. */
  reopenAsOld(): void {
    this.store.close();
    const db = new Database(this.path);
    const made = ["report_totals", "sold_items", "report_events", "recounts", "shift_tax_totals"];
    // Made by steps behind the taxes, which are all done again.
    const madeLater = ["carried_attempts", "legacy_sessions"];
    for (const table of [...made, ...madeLater]) db.exec(`DROP TABLE ${table}`);
    db.exec("DROP TRIGGER carried_goes_back_from_head_office");
    db.exec("DROP INDEX loose_return_of_exchange; ALTER TABLE loose_returns DROP COLUMN exchange_sale_id");
    db.pragma("user_version = 12");
    // Later steps have nothing to do with it, and are in the file already.
    const upToReports = salesMigrations.slice(0, 13);
    const migrated = migrate(db, { path: this.path, applicationId: salesFile.applicationId }, upToReports, () => {});
    if (!migrated.ok) throw new Error(JSON.stringify(migrated.fault));
    // All but the taxes, which give the sums of the reports columns of their own.
    db.pragma("user_version = 18");
    db.close();
    this.store = this.#open();
  }

  /** Every shift there was, the last one still open. */
  shiftIds(): readonly string[] {
    return Array.from({ length: this.#shift }, (_, index) => `shift-${index + 1}`);
  }

  close(): void {
    this.store.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  #open(): OpenSalesStore {
    const newId = (): string => `id-${(this.#ids += 1)}`;
    const opened = openSalesStore({ path: this.path, terminalId: "T01", now: () => 1_000, newId });
    if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
    return opened.value;
  }

  #today(): string {
    return days[this.#at] ?? days[2];
  }

  #time(hour: number): string {
    return `${this.#today()}T${String(hour).padStart(2, "0")}:15:00+08:00`;
  }

  #beginShift(): void {
    if (this.#shift > 0) {
      const shiftId = `shift-${this.#shift}`;
      const totals = this.store.shiftTotals(shiftId);
      const countedCashFen = fen(Math.max(0, totals.expectedCashFen));
      const differenceFen = fen(countedCashFen - totals.expectedCashFen);
      const closing = { shiftId, totals, countedCashFen, differenceFen };
      this.store.closeShift({ ...closing, closedAt: this.#time(23), closedBy: "m" });
    }
    this.#shift += 1;
    const opened = { shiftId: `shift-${this.#shift}`, openedAt: this.#time(0), openedBy: "m", openedByName: "M" };
    this.store.openShift({ ...opened, businessDate: this.#today(), floatFen: fen(10_000), closedAt: null });
  }

  #sell({ lines: of, isSplit, hour: when, who }: Extract<Step, { kind: "sell" }>): void {
    const saleId = `sale-${this.sales.length}`;
    const cart = cartOf(saleId, of);
    const totals = priceCart(cart);
    if (totals.totalFen < 20) return;
    const first = isSplit ? fen(totals.totalFen - 10) : totals.totalFen;
    const cash: Tender = {
      ...{ kind: "cash", tenderId: `${saleId}-a`, amountFen: first },
      ...{ receivedFen: first, changeFen: zeroFen },
    };
    const rest: Tender = { kind: "static-code", tenderId: `${saleId}-b`, amountFen: fen(10), approvedBy: "m" };
    const build = (saleNumber: string): Sale => {
      const made = completeSale({
        ...{ cart, totals, saleNumber, terminalId: "T01", shiftId: `shift-${this.#shift}` },
        ...{ tenders: isSplit ? [cash, rest] : [cash], cashier: { id: `w${who}`, name: `W ${who}` } },
        ...{ completedAt: this.#time(when), businessDate: this.#today() },
        ...(who === 1 ? { taxRates } : {}),
      });
      if (!made.ok) throw new Error(made.fault.kind);
      return made.value;
    };
    this.sales.push(this.store.commitSale(saleId, build, null, () => "[]").sale);
  }

  #giveBack({ of, part, hour: when, hasGoods = false }: Extract<Step, { kind: "give-back" }>): void {
    const sale = this.sales[of % Math.max(1, this.sales.length)];
    const [tender] = sale?.tenders ?? [];
    if (sale === undefined || tender === undefined) return;
    const before = this.store.refundsOfSale(sale.saleId).reduce((sum, { amountFen }) => sum + amountFen, 0);
    const amount = Math.min(1 + part, tender.amountFen - before);
    if (amount <= 0) return;
    const refundNo = `R${this.refunds.length}`;
    const goods = hasGoods ? goodsFor(sale, amount) : [];
    const refund: SaleRefund = {
      ...{ refundNo, requestId: refundNo, kind: "cash", saleId: sale.saleId, saleNumber: sale.saleNumber },
      ...{ tenderId: tender.tenderId, amountFen: fen(amount), reason: "", cashierId: "m", cashierName: "M" },
      ...{ approvedBy: "m", requestedAt: this.#time(when), requestedAtMs: 1, state: "succeeded" },
      ...{ gateway: null, handled: null, given: { at: this.#time(when), businessDate: this.#today() } },
      ...(goods.length === 0 ? {} : { goods }),
    };
    this.store.giveCashRefund(refund, () => "[]");
    this.refunds.push({ businessDate: this.#today(), fen: amount, goods });
  }

  #takeBack({ lines: of, hour: when }: Extract<Step, { kind: "loose" }>): void {
    const returnId = `loose-${this.refunds.length}`;
    const parts = of.map(({ sku, many }) => {
      const isWeighed = sku === 4;
      return { sku: `S${sku}`, quantity: isWeighed ? 345 * many : 1_000 * many, unitPriceFen: 300 + sku };
    });
    const judged = judgeLooseReturn(
      parts.map((part) => ({ ...part, condition: "damaged" as const })),
      (sku) => ({
        ...{ sku, nameZh: sku, nameEn: sku, categoryId: "c0", unit: sku === "S4" ? "kg" : "piece" },
        ...{ priceFen: fen(400), taxClass: "general", scaleCode: null, isFavourite: false },
      }),
      when % 2 === 0 ? taxRates : null,
    );
    if (!judged.ok) throw new Error(judged.fault.kind);
    const { lines: taken, amountFen } = judged.value;
    const by = { reason: "", cashierId: "m", cashierName: "M", approvedBy: "m" };
    this.store.giveLooseReturn(
      returnId,
      (returnNumber) => ({
        ...{ returnId, returnNumber, terminalId: "T01", shiftId: `shift-${this.#shift}`, lines: taken, amountFen },
        ...{ ...by, at: this.#time(when), businessDate: this.#today() },
      }),
      () => "[]",
    );
    const goods = taken.map((line) => ({ ...line, amountFen: line.worthFen }));
    this.refunds.push({ businessDate: this.#today(), fen: amountFen, goods });
  }

  #void(one: Extract<Step, { kind: "void" }>): void {
    const cart = cartOf("void", one.lines);
    // A price of nothing was refused: there is nothing to throw away.
    if (cart.lines.length === 0) return;
    const body = { saleId: "void", cashierId: "w0", at: this.#time(one.hour), businessDate: this.#today() };
    const thrown = one.isWhole ? cart.lines : cart.lines.slice(0, 1);
    const kept = one.isWhole ? { lines: thrown } : { line: thrown[0] };
    this.store.appendJournal({ kind: one.isWhole ? "sale-voided" : "line-voided", body: { ...body, ...kept } });
    let worth = 0;
    for (const { unitPriceFen, quantity } of thrown) worth += scaleHalfUp(unitPriceFen, quantity, 1_000);
    this.voids.push({ businessDate: this.#today(), fen: worth });
  }
}
