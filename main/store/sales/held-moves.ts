import { assert } from "#core/result.ts";
import type { HeldPlace } from "#main/till/ports/held-places.ts";
import type { Giving, HeldMoveStore, Taking } from "#main/till/ports/held-store.ts";
import type { Drafts } from "./drafts.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";

interface GivingRow {
  readonly sale_id: string;
  readonly give_id: string;
  readonly place: HeldPlace["kind"];
  readonly place_key: string;
  readonly begun_at_ms: number;
}

interface TakingRow extends GivingRow {
  readonly take_id: string;
  readonly label: string;
  readonly cashier_name: string;
  readonly from_terminal: string;
  readonly held_at_ms: number;
  readonly line_count: number;
  readonly total_fen: number;
}

/** Sales that are changing hands. The mark comes before the first question, and goes with what its answer makes of the sale. */
export function heldMoves({ db, change }: SalesDatabase, journal: Journal, drafts: Drafts): HeldMoveStore {
  const sql = statements(db);

  return {
    beginGiving({ saleId, giveId, place, begunAtMs }) {
      change(() => sql.insertGiving.run(saleId, giveId, place.kind, place.key, begunAtMs));
    },
    endGiving(saleId, entry) {
      change(() => {
        assert(sql.dropGiving.run(saleId).changes === 1, `sale ${saleId} is being given away`);
        drafts.remove(saleId);
        journal.append(entry);
      });
    },
    keepGiving(saleId) {
      change(() => assert(sql.dropGiving.run(saleId).changes === 1, `sale ${saleId} is being given away`));
    },
    givings: () => sql.givings.all().map(givingOf),
    giving(saleId) {
      const row = sql.giving.get(saleId);
      return row === undefined ? null : givingOf(row);
    },
    beginTaking(taking) {
      const { takeId, giveId, saleId, place, label, cashierName, fromTerminal } = taking;
      const { heldAtMs, lineCount, totalFen, begunAtMs } = taking;
      change(() =>
        sql.insertTaking.run(
          ...[takeId, giveId, saleId, place.kind, place.key, label, cashierName, fromTerminal],
          ...[heldAtMs, lineCount, totalFen, begunAtMs],
        ),
      );
    },
    endTaking(takeId, draft, entry) {
      const { saleId } = draft.cart;
      return change(() => {
        assert(sql.dropTaking.run(takeId).changes === 1, `taking ${takeId} is under way`);
        const isSold = sql.isSold.get(saleId) !== undefined;
        const became = isSold ? "sold-here" : drafts.port.draft(saleId) === null ? "draft" : "draft-here";
        if (became === "draft") drafts.put(draft);
        journal.append(entry(became));
        return became;
      });
    },
    dropTaking(takeId, entry) {
      change(() => {
        assert(sql.dropTaking.run(takeId).changes === 1, `taking ${takeId} is under way`);
        if (entry !== undefined) journal.append(entry);
      });
    },
    takings: () => sql.takings.all().map(takingOf),
  };
}

function statements(db: SalesDatabase["db"]) {
  const insertGiving = db.prepare(
    "INSERT INTO givings (sale_id, give_id, place, place_key, begun_at_ms) VALUES (?, ?, ?, ?, ?)",
  );
  const dropGiving = db.prepare("DELETE FROM givings WHERE sale_id = ?");
  const givings = db.prepare<[], GivingRow>("SELECT * FROM givings ORDER BY begun_at_ms, sale_id");
  const giving = db.prepare<[string], GivingRow>("SELECT * FROM givings WHERE sale_id = ?");
  const insertTaking = db.prepare(`
    INSERT INTO takings (take_id, give_id, sale_id, place, place_key, label, cashier_name, from_terminal, held_at_ms,
      line_count, total_fen, begun_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const dropTaking = db.prepare("DELETE FROM takings WHERE take_id = ?");
  const takings = db.prepare<[], TakingRow>("SELECT * FROM takings ORDER BY begun_at_ms, take_id");
  const isSold = db.prepare<[string]>("SELECT 1 FROM sales WHERE sale_id = ?").pluck();
  return { insertGiving, dropGiving, givings, giving, insertTaking, dropTaking, takings, isSold };
}

function givingOf(row: GivingRow): Giving {
  const place = { kind: row.place, key: row.place_key };
  return { saleId: row.sale_id, giveId: row.give_id, place, begunAtMs: row.begun_at_ms };
}

function takingOf(row: TakingRow): Taking {
  return {
    ...{ ...givingOf(row), takeId: row.take_id, label: row.label, cashierName: row.cashier_name },
    ...{ fromTerminal: row.from_terminal, heldAtMs: row.held_at_ms },
    ...{ lineCount: row.line_count, totalFen: row.total_fen },
  };
}
