import type Database from "better-sqlite3";
import { fen } from "#core/money/fen.ts";
import { type FindingGroup, findingGroups, groupOf } from "#core/reconciliation/finding-group.ts";
import type { Finding, FindingAction, FindingKind } from "#core/reconciliation/finding.ts";
import type { FindingAct, FindingCounts, StoredFinding } from "#main/till/ports/reconciliation-store.ts";

/** A finding is over when a manager settled it as it stands; what waits for the next bill, when that has been compared. */
const isSettled = `EXISTS (SELECT 1 FROM finding_acts a
  WHERE a.day = f.day AND a.key = f.key AND a.facts = f.facts AND a.how = 'settled')`;
const isTold = `EXISTS (SELECT 1 FROM reconciled_days n WHERE n.day = date(f.day, '+1 day') AND n.run > 0)`;
const stateOf = `CASE WHEN f.action = 'none' THEN 'over' WHEN ${isSettled} THEN 'settled'
  WHEN f.action <> 'wait-for-next-bill' THEN 'open' WHEN ${isTold} THEN 'over' ELSE 'waiting' END`;
/** Only the run the day points to. */
const current = "findings f JOIN reconciled_days d ON d.day = f.day AND d.run = f.run";
/** The same, over the few rows that are no agreement; SQLite refuses the statement where it cannot use the index. */
const currentToActOn = current.replace("f JOIN", "f INDEXED BY findings_to_act_on JOIN");
/** The condition of that index, word for word: a year of rows that agree is never walked. */
const isToActOn = "f.action <> 'none'";
const isOpen = `${isToActOn} AND f.action <> 'wait-for-next-bill' AND NOT ${isSettled}`;
const isWaiting = `f.action = 'wait-for-next-bill' AND NOT ${isSettled} AND NOT ${isTold}`;
const lastAct = `(SELECT max(position) FROM finding_acts a WHERE a.day = f.day AND a.key = f.key AND a.facts = f.facts)`;

interface FindingRow {
  readonly position: number;
  readonly day: string;
  readonly key: string;
  readonly grp: FindingGroup;
  readonly kind: FindingKind;
  readonly action: FindingAction;
  readonly out_trade_no: string;
  readonly out_refund_no: string | null;
  readonly sale_id: string | null;
  readonly here_fen: number | null;
  readonly there_fen: number | null;
  readonly line: number | null;
  readonly at: string | null;
  readonly facts: string;
  readonly state: StoredFinding["state"];
  readonly how: FindingAct["how"] | null;
  readonly detail: string | null;
  readonly by_id: string | null;
  readonly by_name: string | null;
  readonly at_ms: number | null;
}

/** The rows of findings and acts; what they mean is said in reconciliations.ts. */
export interface FindingRows {
  insert(day: string, run: number, key: string, finding: Finding): void;
  /** Rows of runs the day does not point to, and those of days before this one that nobody has to look at. */
  sweep(beforeDay: string, limit: number): number;
  dropStaged(day: string): void;
  counts(day: string): FindingCounts;
  page(day: string, group: FindingGroup | "open", limit: number, after: number): readonly StoredFinding[];
  /** Whatever group they are in. */
  everyOne(day: string, after: number, limit: number): readonly StoredFinding[];
  find(day: string, key: string): (StoredFinding & { readonly facts: string }) | null;
  openAndWaiting(day: string): { readonly open: number; readonly waiting: number };
  openDays(): readonly { readonly day: string; readonly openCount: number; readonly isAlarm: boolean }[];
  awaited(day: string): readonly string[];
  daysAbout(outTradeNo: string): readonly string[];
  insertAct(day: string, key: string, facts: string, act: FindingAct): void;
}

export function findingRows(db: Database.Database): FindingRows {
  const statements = prepare(db);

  return {
    insert(day, run, key, finding) {
      const { kind, action, outTradeNo, outRefundNo, saleId, hereFen, thereFen, line, time } = finding;
      const facts = `${kind} ${action} ${hereFen ?? "-"} ${thereFen ?? "-"}`;
      statements.insert.run(
        ...[day, run, key, groupOf(kind), kind, action, outTradeNo, outRefundNo, saleId],
        ...[hereFen, thereFen, line, time, facts],
      );
    },
    sweep: (beforeDay, limit) => statements.sweepStale.run({ beforeDay, limit }).changes,
    dropStaged: (day) => void statements.dropStaged.run(day),
    counts(day) {
      const found = new Map(
        statements.counts.all(day).map(({ grp, whole, open: still }) => [grp, { all: whole, open: still }]),
      );
      const entries = findingGroups.map((group) => [group, found.get(group) ?? { all: 0, open: 0 }] as const);
      return Object.fromEntries(entries) as FindingCounts; // one entry for each group of the list
    },
    page(day, group, limit, after) {
      const rows =
        group === "open" ? statements.open.all(day, after, limit) : statements.ofGroup.all(day, group, after, limit);
      return rows.map(findingOf);
    },
    everyOne: (day, after, limit) => statements.everyOne.all(day, after, limit).map(findingOf),
    find(day, key) {
      const row = statements.one.get(day, key);
      return row === undefined ? null : { ...findingOf(row), facts: row.facts };
    },
    openAndWaiting: (day) => statements.tally.get(day) ?? { open: 0, waiting: 0 },
    openDays: () =>
      statements.openDays
        .all()
        .map(({ day, open: openCount, empty_is_right }) => ({ day, openCount, isAlarm: empty_is_right === 0 })),
    awaited: (day) => statements.awaited.all(day),
    daysAbout: (outTradeNo) => statements.daysAbout.all(outTradeNo),
    insertAct(day, key, facts, { how, detail, byId, byName, atMs }) {
      statements.insertAct.run(day, key, facts, how, detail, byId, byName, atMs);
    },
  };
}

function prepare(db: Database.Database) {
  const insert = db.prepare(`
    INSERT INTO findings (day, run, key, grp, kind, action, out_trade_no, out_refund_no, sale_id, here_fen, there_fen,
      line, at, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertAct = db.prepare(`
    INSERT INTO finding_acts (day, key, facts, how, detail, by_id, by_name, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const sweepStale = db.prepare(`
    DELETE FROM findings WHERE position IN (SELECT * FROM (
        SELECT f.position FROM reconciled_days d CROSS JOIN findings f ON f.day = d.day AND f.run < d.run LIMIT @limit)
      UNION ALL SELECT * FROM (SELECT position FROM findings WHERE day < @beforeDay AND action = 'none' LIMIT @limit))`);
  const dropStaged = db.prepare(`
    DELETE FROM findings WHERE day = ? AND run > coalesce((SELECT run FROM reconciled_days d WHERE d.day = findings.day), 0)`);
  const counts = db.prepare<[string], { grp: FindingGroup; whole: number; open: number }>(`
    SELECT f.grp, count(*) AS whole, coalesce(sum(${isOpen}), 0) AS open FROM ${current} WHERE f.day = ? GROUP BY f.grp`);
  const columns = `SELECT f.*, ${stateOf} AS state, a.how, a.detail, a.by_id, a.by_name, a.at_ms
    FROM ${current} LEFT JOIN finding_acts a ON a.position = ${lastAct}`;
  const ofGroup = db.prepare<[string, string, number, number], FindingRow>(
    `${columns} WHERE f.day = ? AND f.grp = ? AND f.position > ? ORDER BY f.position LIMIT ?`,
  );
  const open = db.prepare<[string, number, number], FindingRow>(
    `${columns} WHERE f.day = ? AND ${isOpen} AND f.position > ? ORDER BY f.position LIMIT ?`,
  );
  const everyOne = db.prepare<[string, number, number], FindingRow>(
    `${columns} WHERE f.day = ? AND f.position > ? ORDER BY f.position LIMIT ?`,
  );
  const one = db.prepare<[string, string], FindingRow>(`${columns} WHERE f.day = ? AND f.key = ?`);
  const tally = db.prepare<[string], { open: number; waiting: number }>(`
    SELECT coalesce(sum(${isOpen}), 0) AS open, coalesce(sum(${isWaiting}), 0) AS waiting
    FROM ${currentToActOn} WHERE f.day = ? AND ${isToActOn}`);
  const openDays = db.prepare<[], { day: string; open: number; empty_is_right: 0 | 1 }>(`
    SELECT f.day, count(*) AS open, d.empty_is_right FROM ${currentToActOn} WHERE ${isOpen} GROUP BY f.day ORDER BY f.day DESC`);
  const awaited = db
    .prepare<[string], string>(
      `SELECT coalesce(f.out_refund_no, f.out_trade_no) FROM ${currentToActOn} WHERE f.day = ? AND ${isToActOn} AND f.action = 'wait-for-next-bill'`,
    )
    .pluck();
  const daysAbout = db
    .prepare<[string], string>(`SELECT DISTINCT f.day FROM ${current} WHERE f.out_trade_no = ? AND ${isToActOn}`)
    .pluck();
  return {
    insert,
    insertAct,
    sweepStale,
    dropStaged,
    counts,
    ofGroup,
    open,
    everyOne,
    one,
    tally,
    openDays,
    awaited,
    daysAbout,
  };
}

function findingOf(row: FindingRow): StoredFinding {
  const { day, key, grp, kind, action, line, state, position } = row;
  return {
    ...{ day, key, group: grp, kind, action, line, state, position },
    outTradeNo: row.out_trade_no,
    outRefundNo: row.out_refund_no,
    saleId: row.sale_id,
    hereFen: row.here_fen === null ? null : fen(row.here_fen),
    thereFen: row.there_fen === null ? null : fen(row.there_fen),
    time: row.at,
    act: actOf(row),
  };
}

function actOf({ how, detail, by_id, by_name, at_ms }: FindingRow): FindingAct | null {
  if (how === null || detail === null || by_id === null || by_name === null || at_ms === null) return null;
  return { how, detail, byId: by_id, byName: by_name, atMs: at_ms };
}
