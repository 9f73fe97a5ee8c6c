import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { StaticTaking, StaticTakingState } from "#core/tender/static-taking.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";

interface TakingRow {
  readonly tender_id: string;
  readonly sale_id: string;
  readonly sale_number: string;
  readonly completed_at: string;
  readonly cashier_name: string;
  readonly amount_fen: number;
  readonly state: StaticTakingState;
  readonly transaction_id: string | null;
  readonly reason: string | null;
  readonly handled_at: string | null;
  readonly handled_by: string | null;
}

export interface StaticTakings {
  readonly port: Pick<SalesStore, "staticTakings" | "openStaticTakings" | "staticTaking" | "endStaticTaking">;
  /** Inside the sale's transaction, after its tenders: each static-code taking is open from then on. */
  add(sale: Sale): void;
}

/** Payments to the shop's printed code, until a manager has said what became of each. */
export function staticTakings({ db, change }: SalesDatabase, journal: Journal): StaticTakings {
  const sql = statements(db);
  const insert = db.prepare("INSERT INTO static_takings (tender_id, state) VALUES (?, 'open')");

  function find(tenderId: string): StaticTaking | null {
    const row = sql.one.get(tenderId);
    return row === undefined ? null : takingOf(row);
  }

  const port: StaticTakings["port"] = {
    staticTakings: (limit) => [...sql.open.all(limit), ...sql.ended.all(limit)].slice(0, limit).map(takingOf),
    openStaticTakings() {
      const { count, sum } = sql.sums.get() ?? { count: 0, sum: 0 };
      return { count, fen: fen(sum) };
    },
    staticTaking: find,
    endStaticTaking(tenderId, end, handled) {
      return change(() => {
        const taking = find(tenderId);
        assert(taking !== null && taking.state === "open", `taking ${tenderId} is open`);
        const transactionId = end.kind === "matched" ? end.transactionId : null;
        // The number of a payment that is a tender already, or another taking's match, is not this one's.
        if (transactionId !== null && sql.isUsed.get({ transactionId }) !== undefined) return null;
        const reason = end.kind === "never-received" ? end.reason : null;
        sql.end.run(end.kind, transactionId, reason, handled.at, handled.by, tenderId);
        const { saleId, saleNumber, amountFen } = taking;
        const { kind, ...facts } = end;
        journal.append({
          kind: kind === "matched" ? "static-code-matched" : "static-code-never-received",
          body: { tenderId, saleId, saleNumber, amountFen, ...facts, ...handled },
        });
        return find(tenderId);
      });
    },
  };
  return {
    port,
    add(sale) {
      for (const { kind, tenderId } of sale.tenders) if (kind === "static-code") insert.run(tenderId);
    },
  };
}

function statements(db: SalesDatabase["db"]) {
  const columns = `
    SELECT tender_id, sale_id, sale_number, completed_at, cashier_name, amount_fen, state,
      static_takings.transaction_id AS transaction_id, reason, handled_at, handled_by
    FROM static_takings JOIN tenders USING (tender_id) JOIN sales USING (number)`;
  const one = db.prepare<[string], TakingRow>(`${columns} WHERE tender_id = ?`);
  const open = db.prepare<[number], TakingRow>(`${columns} WHERE state = 'open' ORDER BY position LIMIT ?`);
  const ended = db.prepare<[number], TakingRow>(`${columns} WHERE state <> 'open' ORDER BY position DESC LIMIT ?`);
  const sums = db.prepare<[], { readonly count: number; readonly sum: number }>(
    `SELECT count(*) AS count, coalesce(sum(amount_fen), 0) AS sum
     FROM static_takings JOIN tenders USING (tender_id) WHERE state = 'open'`,
  );
  const isUsed = db.prepare<[{ readonly transactionId: string }]>(
    `SELECT 1 FROM tenders WHERE transaction_id = $transactionId
     UNION ALL SELECT 1 FROM static_takings WHERE transaction_id = $transactionId`,
  );
  const end = db.prepare(
    `UPDATE static_takings SET state = ?, transaction_id = ?, reason = ?, handled_at = ?, handled_by = ?
     WHERE tender_id = ?`,
  );
  return { one, open, ended, sums, isUsed, end };
}

function takingOf(row: TakingRow): StaticTaking {
  const { handled_at: at, handled_by: by } = row;
  return {
    tenderId: row.tender_id,
    saleId: row.sale_id,
    saleNumber: row.sale_number,
    takenAt: row.completed_at,
    cashierName: row.cashier_name,
    amountFen: fen(row.amount_fen),
    state: row.state,
    transactionId: row.transaction_id,
    reason: row.reason,
    handled: at === null || by === null ? null : { at, by },
  };
}
