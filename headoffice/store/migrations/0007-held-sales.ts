import type { Migration } from "../migrate.ts";

// Sales held for every till of a shop; at a relay the same. What was taken or refused keeps its row for ever, without its
// body: a copy of an old request must find what became of it. A relay's are not sent on.
const sales = `
CREATE TABLE held_sales (
  store_code    TEXT NOT NULL,
  give_id       TEXT NOT NULL,
  sale_id       TEXT NOT NULL,
  from_terminal TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('held', 'taken', 'refused')),
  form          BIGINT NOT NULL CHECK (form >= 1),
  label         TEXT NOT NULL,
  cashier_name  TEXT NOT NULL,
  held_ms       BIGINT NOT NULL,
  given_ms      BIGINT NOT NULL,
  line_count    BIGINT NOT NULL,
  total_fen     BIGINT NOT NULL,
  body          BYTEA,
  refused_why   TEXT,
  take_id       TEXT,
  taken_by      TEXT,
  taken_ms      BIGINT,
  PRIMARY KEY (store_code, give_id),
  CHECK (state <> 'held' OR body IS NOT NULL),
  CHECK ((state = 'refused') = (refused_why IS NOT NULL)),
  CHECK ((state = 'taken') = (take_id IS NOT NULL)),
  CHECK ((state = 'taken') = (taken_by IS NOT NULL)),
  CHECK ((state = 'taken') = (taken_ms IS NOT NULL))
)`;

// One row a shop that whoever gives locks: so the count of what lies here stays true between counting and adding.
const turns = `
CREATE TABLE held_turns (
  store_code TEXT PRIMARY KEY,
  turn       BIGINT NOT NULL
)`;

/** Sales held for every till. */
export const heldSaleTables: Migration = {
  version: 7,
  statements: [
    ...[sales, turns],
    // One sale lies here once.
    "CREATE UNIQUE INDEX held_sales_here ON held_sales (store_code, sale_id) WHERE state = 'held'",
    "CREATE INDEX held_bodies_left ON held_sales (store_code, taken_ms) WHERE state = 'taken' AND body IS NOT NULL",
  ],
};
