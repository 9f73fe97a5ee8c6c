import type { Migration } from "../../migrate.ts";

// Goods taken back without a receipt, and the points that went with them: those have no sale. SQLite changes no CHECK in
// place, so the table of points is made again; nothing refers to it.
const sql = `
CREATE TABLE loose_returns (
  number        INTEGER PRIMARY KEY CHECK (number >= 1),
  return_id     TEXT NOT NULL UNIQUE,
  business_date TEXT NOT NULL,
  amount_fen    INTEGER NOT NULL CHECK (amount_fen BETWEEN 1 AND 1000000000),
  body          TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE TRIGGER loose_return_is_never_forgotten BEFORE DELETE ON loose_returns
BEGIN SELECT RAISE(ABORT, 'a return stays for ever'); END;
CREATE TRIGGER loose_return_is_never_changed BEFORE UPDATE ON loose_returns
BEGIN SELECT RAISE(ABORT, 'a return stays for ever'); END;

CREATE TABLE member_points_next (
  position        INTEGER PRIMARY KEY,
  member_id       TEXT NOT NULL REFERENCES members (member_id),
  kind            TEXT NOT NULL CHECK (kind IN ('earned', 'spent', 'taken-back', 'given-back')),
  points          INTEGER NOT NULL CHECK (points <> 0),
  sale_id         TEXT REFERENCES sales (sale_id),
  return_id       TEXT REFERENCES returns (return_id),
  loose_return_id TEXT REFERENCES loose_returns (return_id),
  at              TEXT NOT NULL,
  CHECK ((points > 0) = (kind IN ('earned', 'given-back'))),
  CHECK ((sale_id IS NULL) = (loose_return_id IS NOT NULL)),
  CHECK (loose_return_id IS NULL OR (return_id IS NULL AND kind = 'taken-back')),
  CHECK (loose_return_id IS NOT NULL OR (return_id IS NULL) = (kind IN ('earned', 'spent')))
) STRICT;
INSERT INTO member_points_next (position, member_id, kind, points, sale_id, return_id, at)
  SELECT position, member_id, kind, points, sale_id, return_id, at FROM member_points;
DROP TABLE member_points;
ALTER TABLE member_points_next RENAME TO member_points;
CREATE INDEX member_points_of_member ON member_points (member_id, position);
CREATE UNIQUE INDEX member_points_once ON member_points (coalesce(sale_id, loose_return_id), kind, coalesce(return_id, ''));

CREATE TRIGGER points_back_within_their_sale BEFORE INSERT ON member_points
WHEN NEW.return_id IS NOT NULL AND abs(NEW.points) + (
    SELECT coalesce(sum(abs(points)), 0) FROM member_points
    WHERE coalesce(sale_id, loose_return_id) = NEW.sale_id AND kind = NEW.kind
  ) > (
    SELECT coalesce(sum(abs(points)), 0) FROM member_points
    WHERE coalesce(sale_id, loose_return_id) = NEW.sale_id AND member_id = NEW.member_id
      AND kind = iif(NEW.kind = 'taken-back', 'earned', 'spent')
  )
BEGIN SELECT RAISE(ABORT, 'more points came back than the sale moved'); END;
CREATE TRIGGER points_are_never_forgotten BEFORE DELETE ON member_points
BEGIN SELECT RAISE(ABORT, 'points stay for ever'); END;
CREATE TRIGGER points_are_never_changed BEFORE UPDATE ON member_points
BEGIN SELECT RAISE(ABORT, 'points stay for ever'); END;
`;

/** Returns without a receipt. */
export const looseReturnTables: Migration = { version: 18, sql };
