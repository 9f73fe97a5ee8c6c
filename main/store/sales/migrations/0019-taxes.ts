import type { Migration } from "../../migrate.ts";

// The tax of each shift by rate, filled here from the sales that were told with it: their entries have it since version 3.
// Refunds of before say nothing of tax, nor do the lines that reports add up by tax class: there it stays unrecorded, which
// is an amount of its own and never a tax of nothing. Neither reads an entry of version 1 or 2, so a long journal of a shop
// without rates costs a look at its column alone.
const sums = ["taxed_fen", "tax_fen", "refund_taxed_fen", "refund_tax_fen"];
const columns = sums.map(
  (name) => `ALTER TABLE report_totals ADD COLUMN ${name} INTEGER NOT NULL DEFAULT 0 CHECK (${name} >= 0);`,
);

const sql = `
CREATE TABLE shift_tax_totals (
  shift_id       TEXT NOT NULL REFERENCES shifts (shift_id),
  basis_points   INTEGER NOT NULL CHECK (basis_points BETWEEN 0 AND 10000),
  amount_fen     INTEGER NOT NULL DEFAULT 0 CHECK (amount_fen >= 0),
  tax_fen        INTEGER NOT NULL DEFAULT 0 CHECK (tax_fen BETWEEN 0 AND amount_fen),
  refund_fen     INTEGER NOT NULL DEFAULT 0 CHECK (refund_fen >= 0),
  refund_tax_fen INTEGER NOT NULL DEFAULT 0 CHECK (refund_tax_fen BETWEEN 0 AND refund_fen),
  PRIMARY KEY (shift_id, basis_points)
) STRICT, WITHOUT ROWID;

INSERT INTO shift_tax_totals (shift_id, basis_points, amount_fen, tax_fen)
  SELECT body ->> '$.shiftId', tax.value ->> '$.basisPoints', sum(tax.value ->> '$.amountFen'), sum(tax.value ->> '$.taxFen')
  FROM (SELECT CAST(body AS TEXT) AS body FROM journal WHERE kind = 'sale-completed' AND v >= 3),
    json_each(body, '$.taxes') AS tax
  WHERE body ->> '$.shiftId' IN (SELECT shift_id FROM shifts)
  GROUP BY 1, 2;

${columns.join("\n")}
`;

/** Taxes of shifts by rate, and of reports by class. */
export const taxTables: Migration = { version: 19, sql };
