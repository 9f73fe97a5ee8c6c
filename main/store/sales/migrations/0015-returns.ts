import type { Migration } from "../../migrate.ts";

// Goods that came back. A return is of this till's sale or of another's; its money is in the refunds that its body names.
const sql = `
CREATE TABLE returns (
  position         INTEGER PRIMARY KEY,
  return_id        TEXT NOT NULL UNIQUE,
  sale_id          TEXT REFERENCES sales (sale_id),
  other_sale_id    TEXT REFERENCES other_sales (sale_id),
  exchange_sale_id TEXT UNIQUE REFERENCES sales (sale_id),
  body             TEXT NOT NULL CHECK (json_valid(body)),
  CHECK ((sale_id IS NULL) <> (other_sale_id IS NULL))
) STRICT;
CREATE INDEX returns_of_sale ON returns (sale_id) WHERE sale_id IS NOT NULL;
CREATE INDEX returns_of_other_sale ON returns (other_sale_id) WHERE other_sale_id IS NOT NULL;

-- sale_id is the sold sale's, whoever sold it.
CREATE TABLE returned_lines (
  return_id      TEXT NOT NULL REFERENCES returns (return_id),
  line_number    INTEGER NOT NULL,
  sale_id        TEXT NOT NULL,
  quantity_milli INTEGER NOT NULL CHECK (quantity_milli BETWEEN 1 AND 99999000),
  worth_fen      INTEGER NOT NULL CHECK (worth_fen BETWEEN 0 AND 1000000000),
  condition      TEXT NOT NULL CHECK (condition IN ('back-to-stock', 'damaged')),
  PRIMARY KEY (return_id, line_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX returned_lines_of_sale ON returned_lines (sale_id, line_number);

-- What other tills took back of a sale, as it was last told here.
CREATE TABLE returned_elsewhere (
  sale_id TEXT PRIMARY KEY,
  body    TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;

-- The last doors before the disk: whatever a use case gets wrong, no line comes back beyond what was sold, nor gives back
-- beyond what was paid for it, as far as this till knows; and what came back is never forgotten.
CREATE TRIGGER return_within_its_line BEFORE INSERT ON returned_lines
WHEN NEW.quantity_milli + (
    SELECT coalesce(sum(quantity_milli), 0) FROM returned_lines
    WHERE sale_id = NEW.sale_id AND line_number = NEW.line_number
  ) > coalesce(
    (SELECT quantity_milli FROM sale_lines JOIN sales USING (number)
      WHERE sales.sale_id = NEW.sale_id AND line_number = NEW.line_number),
    (SELECT body ->> ('$.lines[' || (NEW.line_number - 1) || '].quantity') FROM other_sales
      WHERE sale_id = NEW.sale_id),
    0)
BEGIN SELECT RAISE(ABORT, 'more came back than was sold'); END;

CREATE TRIGGER return_within_its_worth BEFORE INSERT ON returned_lines
WHEN NEW.worth_fen + (
    SELECT coalesce(sum(worth_fen), 0) FROM returned_lines
    WHERE sale_id = NEW.sale_id AND line_number = NEW.line_number
  ) > coalesce(
    (SELECT net_fen FROM sale_lines JOIN sales USING (number)
      WHERE sales.sale_id = NEW.sale_id AND line_number = NEW.line_number),
    (SELECT body ->> ('$.lines[' || (NEW.line_number - 1) || '].netFen') FROM other_sales
      WHERE sale_id = NEW.sale_id),
    0)
BEGIN SELECT RAISE(ABORT, 'a return beyond what was paid'); END;

CREATE TRIGGER return_is_never_forgotten BEFORE DELETE ON returns
BEGIN SELECT RAISE(ABORT, 'a return stays for ever'); END;
CREATE TRIGGER returned_line_is_never_forgotten BEFORE DELETE ON returned_lines
BEGIN SELECT RAISE(ABORT, 'a return stays for ever'); END;
`;

/** Returns by line and quantity. */
export const returnTables: Migration = { version: 15, sql };
