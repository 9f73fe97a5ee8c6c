import type { Sale } from "#core/sale/sale.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import type { SalesDatabase } from "./sales-database.ts";

/** Numbered coupons that sales of this till have used; one row each for good. */
export function spentCoupons({ db }: Pick<SalesDatabase, "db">): Pick<SalesStore, "isCouponSpent"> & {
  /** Only inside a sale's transaction, after its row. */
  readonly spend: (sale: Sale, number: number) => void;
} {
  const find = db.prepare<[string], number>("SELECT 1 FROM spent_coupons WHERE code = ?").pluck();
  const insert = db.prepare("INSERT INTO spent_coupons (code, number) VALUES (?, ?) ON CONFLICT (code) DO NOTHING");
  return {
    isCouponSpent: (code) => find.get(code) !== undefined,
    spend({ coupons = [] }, number) {
      // Used by two sales all the same (one was held when the other was sold): the first stands, and no paid sale waits.
      for (const { code, isNumbered } of coupons) if (isNumbered) insert.run(code, number);
    },
  };
}
