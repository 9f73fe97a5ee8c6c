import type { Migration } from "../../migrate.ts";

// Numbered coupons that were used, and what each business day took by tax rate. Both are written with their sale.
const sql = `
CREATE TABLE spent_coupons (
  code    TEXT PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 64),
  number  INTEGER NOT NULL REFERENCES sales (number)
) STRICT, WITHOUT ROWID;

CREATE TABLE tax_totals (
  business_date TEXT NOT NULL,
  basis_points  INTEGER NOT NULL CHECK (basis_points BETWEEN 0 AND 10000),
  amount_fen    INTEGER NOT NULL,
  tax_fen       INTEGER NOT NULL,
  PRIMARY KEY (business_date, basis_points)
) STRICT, WITHOUT ROWID;
`;

/** What coupons and taxes need. */
export const pricingTables: Migration = { version: 12, sql };
