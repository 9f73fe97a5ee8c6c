import type Database from "better-sqlite3";
import type { Attempt } from "#core/tender/attempt.ts";

interface AttemptRow {
  readonly body: string;
}

/** The attempts' table, row by row; the rules are in attempts.ts. An `Attempt` has no payment code to store. */
export interface AttemptRows {
  insert(attempt: Attempt): void;
  update(attempt: Attempt): void;
  find(outTradeNo: string): Attempt | null;
  /** Oldest first. */
  ofSale(saleId: string): readonly Attempt[];
  unfinished(): readonly Attempt[];
}

export function attemptRows(db: Database.Database): AttemptRows {
  const insert = db.prepare(`
    INSERT INTO attempts (out_trade_no, sale_id, tender_id, kind, state, amount_fen, created_at_ms, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const update = db.prepare("UPDATE attempts SET state = ?, body = ? WHERE out_trade_no = ?");
  const one = db.prepare<[string], AttemptRow>("SELECT body FROM attempts WHERE out_trade_no = ?");
  const ofSale = db.prepare<[string], AttemptRow>("SELECT body FROM attempts WHERE sale_id = ? ORDER BY rowid");
  // By the index of the few that are not finished: left to itself SQLite walks a year of payments for the order alone, at
  // every start.
  const unfinished = db.prepare<[], AttemptRow>(`
    SELECT body FROM attempts INDEXED BY one_unfinished_attempt
    WHERE state NOT IN ('paid', 'failed', 'reversed', 'abandoned') ORDER BY rowid`);

  return {
    insert(attempt) {
      const { outTradeNo, saleId, tenderId, kind, state, amountFen, createdAtMs } = attempt;
      insert.run(outTradeNo, saleId, tenderId, kind, state, amountFen, createdAtMs, JSON.stringify(attempt));
    },
    update(attempt) {
      update.run(attempt.state, JSON.stringify(attempt), attempt.outTradeNo);
    },
    find(outTradeNo) {
      const row = one.get(outTradeNo);
      return row === undefined ? null : attemptOf(row);
    },
    ofSale: (saleId) => ofSale.all(saleId).map(attemptOf),
    unfinished: () => unfinished.all().map(attemptOf),
  };
}

/** An attempt as its row keeps it. */
export function attemptOf(row: AttemptRow): Attempt {
  // Written by this file and nobody else, in a database whose pages and journal are checked.
  const stored = JSON.parse(row.body) as Omit<Attempt, "protocol"> & Partial<Pick<Attempt, "protocol">>;
  // Attempts stored before there was a second protocol do not name theirs.
  return { ...stored, protocol: stored.protocol ?? "v3" };
}
