import type { Migration } from "../../migrate.ts";

// Members. The only table that knows a name, a phone number or a card; what is deleted of it is overwritten (members.ts).
const sql = `
CREATE TABLE members (
  position       INTEGER PRIMARY KEY,
  member_id      TEXT NOT NULL UNIQUE,
  -- NULL, as the phone number, once the member is deleted; the name is empty then.
  code           TEXT UNIQUE CHECK (length(code) = 15),
  name           TEXT NOT NULL CHECK (length(name) <= 20),
  phone          TEXT UNIQUE CHECK (length(phone) = 11),
  enrolled_at_ms INTEGER NOT NULL CHECK (enrolled_at_ms >= 0),
  is_deleted     INTEGER NOT NULL DEFAULT 0 CHECK (is_deleted IN (0, 1)),
  CHECK (is_deleted = (code IS NULL)),
  CHECK (is_deleted = 0 OR (name = '' AND phone IS NULL))
) STRICT;
CREATE INDEX members_by_last_four ON members (substr(phone, -4)) WHERE phone IS NOT NULL;

-- Each entry moves the balance, which is nowhere kept beside them.
CREATE TABLE member_points (
  position  INTEGER PRIMARY KEY,
  member_id TEXT NOT NULL REFERENCES members (member_id),
  kind      TEXT NOT NULL CHECK (kind IN ('earned', 'spent', 'taken-back', 'given-back')),
  points    INTEGER NOT NULL CHECK (points <> 0),
  sale_id   TEXT NOT NULL REFERENCES sales (sale_id),
  return_id TEXT REFERENCES returns (return_id),
  at        TEXT NOT NULL,
  CHECK ((points > 0) = (kind IN ('earned', 'given-back'))),
  CHECK ((return_id IS NULL) = (kind IN ('earned', 'spent')))
) STRICT;
CREATE INDEX member_points_of_member ON member_points (member_id, position);
CREATE UNIQUE INDEX member_points_once ON member_points (sale_id, kind, coalesce(return_id, ''));

CREATE TABLE point_rates (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  points_per_yuan INTEGER NOT NULL CHECK (points_per_yuan BETWEEN 0 AND 100),
  fen_per_point   INTEGER NOT NULL CHECK (fen_per_point BETWEEN 0 AND 1000)
) STRICT;
INSERT INTO point_rates (id, points_per_yuan, fen_per_point) VALUES (1, 1, 1);

-- The last doors before the disk: whatever a use case gets wrong, no return moves more points than its sale did, and
-- nothing that moved a balance is ever forgotten.
CREATE TRIGGER points_back_within_their_sale BEFORE INSERT ON member_points
WHEN NEW.return_id IS NOT NULL AND abs(NEW.points) + (
    SELECT coalesce(sum(abs(points)), 0) FROM member_points WHERE sale_id = NEW.sale_id AND kind = NEW.kind
  ) > (
    SELECT coalesce(sum(abs(points)), 0) FROM member_points
    WHERE sale_id = NEW.sale_id AND member_id = NEW.member_id
      AND kind = iif(NEW.kind = 'taken-back', 'earned', 'spent')
  )
BEGIN SELECT RAISE(ABORT, 'more points came back than the sale moved'); END;
CREATE TRIGGER points_are_never_forgotten BEFORE DELETE ON member_points
BEGIN SELECT RAISE(ABORT, 'points stay for ever'); END;
CREATE TRIGGER points_are_never_changed BEFORE UPDATE ON member_points
BEGIN SELECT RAISE(ABORT, 'points stay for ever'); END;
CREATE TRIGGER member_is_never_forgotten BEFORE DELETE ON members
BEGIN SELECT RAISE(ABORT, 'a member is emptied, never taken away'); END;
`;

/** Members of the shop, their points, and at what rates. */
export const memberTables: Migration = { version: 16, sql };
