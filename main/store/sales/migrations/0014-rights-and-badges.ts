import type { Migration } from "../../migrate.ts";

// A third role, and badges. SQLite changes no check in place, so the table is made again under its own name. Of a badge
// only a keyed hash is kept, whose key lies outside this file.
const sql = `
CREATE TABLE cashiers_before AS SELECT * FROM cashiers;
DROP TABLE cashiers;
CREATE TABLE cashiers (
  cashier_id      TEXT PRIMARY KEY,
  name            TEXT NOT NULL,
  role            TEXT NOT NULL CHECK (role IN ('cashier', 'lead', 'manager')),
  pin_hash        TEXT NOT NULL,
  failures        INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  locked_until_ms INTEGER NOT NULL DEFAULT 0 CHECK (locked_until_ms >= 0),
  is_office       INTEGER NOT NULL DEFAULT 0 CHECK (is_office IN (0, 1)),
  is_removed      INTEGER NOT NULL DEFAULT 0 CHECK (is_removed IN (0, 1)),
  badge_hash      TEXT UNIQUE CHECK (length(badge_hash) = 64),
  badge_since_ms  INTEGER CHECK (badge_since_ms >= 0),
  CHECK ((badge_hash IS NULL) = (badge_since_ms IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO cashiers (cashier_id, name, role, pin_hash, failures, locked_until_ms, is_office, is_removed)
  SELECT cashier_id, name, role, pin_hash, failures, locked_until_ms, is_office, is_removed FROM cashiers_before;
DROP TABLE cashiers_before;

-- What the shop has decided about people; NULL: what the till comes with.
CREATE TABLE access (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  rights          TEXT CHECK (json_valid(rights)),
  -- 0: never.
  lock_minutes    INTEGER CHECK (lock_minutes BETWEEN 0 AND 240),
  badge_needs_pin INTEGER NOT NULL DEFAULT 0 CHECK (badge_needs_pin IN (0, 1))
) STRICT;
INSERT INTO access (id) VALUES (1);
`;

/** Roles with rights of their own, badges, and when the screen locks. */
export const rightsAndBadges: Migration = { version: 14, sql };
