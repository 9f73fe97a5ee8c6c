import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import type { LegacyEnd, LegacySession, LegacyStore } from "#main/till/ports/legacy-store.ts";
import type { Drafts } from "./drafts.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";

interface SessionRow {
  readonly session_id: string;
  readonly category: LegacySession["category"];
  readonly sale_system: string;
  readonly service_id: string;
  readonly poi_id: string;
  readonly transaction_id: string;
  readonly transaction_at: string;
  readonly amount_fen: number;
  readonly request_hash: string;
  readonly sale_id: string;
  readonly door: LegacySession["door"];
  readonly peer: string;
  readonly begun_at_ms: number;
  readonly outcome: LegacyEnd["outcome"] | null;
  readonly answer: string | null;
  readonly ended_at_ms: number | null;
}

/** What old tills asked for, from before it began to its answer. */
export function legacySessions({ db, change }: SalesDatabase, journal: Journal, drafts: Drafts): LegacyStore {
  const sql = statements(db);
  const one = (row: SessionRow | undefined): LegacySession | null => (row === undefined ? null : sessionOf(row));

  return {
    beginLegacy(session, draft, entry) {
      const { sessionId, category, saleSystem, serviceId, poiId, transactionId, transactionAt } = session;
      const { amountFen, requestHash, saleId, door, peer, begunAtMs } = session;
      assert(draft === null || draft.cart.saleId === saleId, "a payment is of its own draft");
      change(() => {
        sql.insert.run(
          ...[sessionId, category, saleSystem, serviceId, poiId, transactionId, transactionAt],
          ...[amountFen, requestHash, saleId, door, peer, begunAtMs],
        );
        if (draft !== null) drafts.put(draft);
        journal.append(entry);
      });
    },
    endLegacy(sessionId, { outcome, answer, atMs }, discards, entry) {
      change(() => {
        const { changes } = sql.end.run(outcome, answer, atMs, sessionId);
        assert(changes === 1, `what an old till asked for as ${sessionId} is open`);
        if (discards) {
          const saleId = one(sql.byId.get(sessionId))?.saleId ?? "";
          assert(sql.mayBePaid.get(saleId) === undefined, `nothing of sale ${saleId} is paid or may be`);
          drafts.remove(saleId);
        }
        journal.append(entry);
      });
    },
    legacySession: (sessionId) => one(sql.byId.get(sessionId)),
    legacyByService: (saleSystem, serviceId, sinceMs) => one(sql.byService.get(saleSystem, serviceId, sinceMs)),
    legacyByTransaction: (saleSystem, transactionId, day) => one(sql.byTransaction.get(saleSystem, transactionId, day)),
    lastLegacy: (saleSystem) => one(sql.last.get(saleSystem)),
    legacyPaymentOf: (saleId) => one(sql.ofSale.get(saleId)),
    openLegacy: () => sql.open.all().map(sessionOf),
  };
}

function statements(db: SalesDatabase["db"]) {
  const insert = db.prepare(`
    INSERT INTO legacy_sessions (session_id, category, sale_system, service_id, poi_id, transaction_id, transaction_at,
      amount_fen, request_hash, sale_id, door, peer, begun_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const end = db.prepare(
    "UPDATE legacy_sessions SET outcome = ?, answer = ?, ended_at_ms = ? WHERE session_id = ? AND outcome IS NULL",
  );
  const mayBePaid = db
    .prepare<[string]>("SELECT 1 FROM attempts WHERE sale_id = ? AND state NOT IN ('failed', 'reversed') LIMIT 1")
    .pluck();
  const byId = db.prepare<[string], SessionRow>("SELECT * FROM legacy_sessions WHERE session_id = ?");
  const byService = db.prepare<[string, string, number], SessionRow>(`
    SELECT * FROM legacy_sessions WHERE sale_system = ? AND service_id = ? AND begun_at_ms >= ?
    ORDER BY position DESC LIMIT 1`);
  const byTransaction = db.prepare<[string, string, string], SessionRow>(`
    SELECT * FROM legacy_sessions
    WHERE category = 'Payment' AND sale_system = ? AND transaction_id = ? AND substr(transaction_at, 1, 10) = ?
    ORDER BY position DESC LIMIT 1`);
  const last = db.prepare<[string], SessionRow>(
    "SELECT * FROM legacy_sessions WHERE sale_system = ? ORDER BY position DESC LIMIT 1",
  );
  const ofSale = db.prepare<[string], SessionRow>(
    "SELECT * FROM legacy_sessions WHERE sale_id = ? AND category = 'Payment'",
  );
  const open = db.prepare<[], SessionRow>("SELECT * FROM legacy_sessions WHERE outcome IS NULL ORDER BY position");
  return { insert, end, mayBePaid, byId, byService, byTransaction, last, ofSale, open };
}

function sessionOf(row: SessionRow): LegacySession {
  const { outcome, answer, ended_at_ms: atMs } = row;
  return {
    ...{ sessionId: row.session_id, category: row.category },
    ...{ saleSystem: row.sale_system, serviceId: row.service_id, poiId: row.poi_id },
    ...{ transactionId: row.transaction_id, transactionAt: row.transaction_at },
    ...{ amountFen: fen(row.amount_fen), requestHash: row.request_hash, saleId: row.sale_id },
    ...{ door: row.door, peer: row.peer, begunAtMs: row.begun_at_ms },
    end: outcome === null || answer === null || atMs === null ? null : { outcome, answer, atMs },
  };
}
