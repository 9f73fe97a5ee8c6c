import type { StockMoveView } from "#contract/ipc/stock-intents.ts";
import { assert } from "#core/result.ts";
import { type StockLevel, type StockPolicy, unknownLevel } from "#core/stock/stock-level.ts";
import type { MoveKind } from "#core/stock/stock-move.ts";
import type { StockStore } from "#main/till/ports/stock-store.ts";
import type { Journal } from "../journal.ts";
import type { SalesDatabase } from "../sales-database.ts";

export interface LevelRow {
  readonly sku: string;
  readonly level_milli: number;
  readonly is_known: number;
  readonly is_stocked: number;
  readonly reorder_milli: number | null;
}

interface MoveRow {
  readonly position: number;
  readonly part: number;
  readonly kind: MoveKind;
  readonly quantity_milli: number;
  readonly at: string;
  readonly sale_id: string | null;
  readonly words: string | null;
}

type Levels = Pick<
  StockStore,
  "stockLevels" | "lowStock" | "stockMoves" | "setStockItem" | "stockPolicy" | "setStockPolicy" | "correctStock"
>;

/** What is asked of the levels, and what a person sets about an item. */
export function stockLevels({ db, change }: SalesDatabase, journal: Journal): Levels {
  const sql = statements(db);
  /** Asked for with every line of a sale; written here alone. */
  let policy: StockPolicy | null = null;

  return {
    stockLevels: (skus) => skus.map((sku) => levelOf(sql.level.get(sku) ?? null) ?? unknownLevel(sku)),
    lowStock: (limit) => sql.low.all(limit).flatMap((row) => levelOf(row) ?? []),
    stockMoves(sku, before, limit) {
      const { position, part } = before ?? { position: Number.MAX_SAFE_INTEGER, part: 1 };
      return sql.moves.all(sku, position, part, limit).map(moveOf);
    },
    setStockItem({ sku, isStocked, reorderMilli }, entry) {
      change(() => {
        sql.setItem.run(sku, isStocked ? 1 : 0, reorderMilli);
        journal.append(entry);
      });
    },
    stockPolicy() {
      policy ??= sql.policy.get() ?? "allow";
      return policy;
    },
    setStockPolicy(next, entry) {
      policy = null;
      change(() => {
        sql.setPolicy.run(next);
        journal.append(entry);
      });
    },
    correctStock(correctionId, sku, build) {
      change(() => {
        if (sql.correction.get(correctionId) !== undefined) return;
        const row = sql.level.get(sku);
        const body = build({ sumMilli: row?.level_milli ?? 0, isKnown: row?.is_known === 1 });
        assert(body.sku === sku && body.correctionId === correctionId, "the correction that was asked for");
        const { position } = journal.append({ kind: "stock-corrected", body });
        sql.insertCorrection.run(correctionId, position);
      });
    },
  };
}

export function levelOf(row: LevelRow | null): StockLevel | null {
  if (row === null) return null;
  return {
    sku: row.sku,
    levelMilli: row.is_known === 1 ? row.level_milli : null,
    isStocked: row.is_stocked === 1,
    reorderMilli: row.reorder_milli,
  };
}

function moveOf({ position, part, kind, quantity_milli, at, sale_id, words }: MoveRow): StockMoveView {
  return { position, part, kind, quantityMilli: quantity_milli, at, saleId: sale_id, words: words ?? "" };
}

function statements(db: SalesDatabase["db"]) {
  const columns = "SELECT sku, level_milli, is_known, is_stocked, reorder_milli FROM stock_levels";
  return {
    level: db.prepare<[string], LevelRow>(`${columns} WHERE sku = ?`),
    low: db.prepare<[number], LevelRow>(`${columns}
      WHERE reorder_milli IS NOT NULL AND is_known = 1 AND is_stocked = 1 AND level_milli <= reorder_milli
      ORDER BY sku LIMIT ?`),
    moves: db.prepare<[string, number, number, number], MoveRow>(`
      SELECT position, part, move.kind, quantity_milli, sale_id, words, at FROM (
        SELECT * FROM stock_moves WHERE sku = ? AND (position, part) < (?, ?) ORDER BY position DESC, part DESC LIMIT ?
      ) AS move
      JOIN (SELECT position AS entry, body ->> '$.saleId' AS sale_id,
          coalesce(body ->> '$.completedAt', body ->> '$.at', at_wall) AS at,
          coalesce(body ->> '$.saleNumber', body ->> '$.returnNumber', body ->> '$.reason', body ->> '$.deliveryNote') AS words
        FROM (SELECT position, at_wall, CAST(body AS TEXT) AS body FROM journal)) ON entry = position
      ORDER BY position DESC, part DESC`),
    setItem: db.prepare(`
      INSERT INTO stock_levels (sku, is_stocked, reorder_milli) VALUES (?, ?, ?)
      ON CONFLICT (sku) DO UPDATE SET is_stocked = excluded.is_stocked, reorder_milli = excluded.reorder_milli,
        is_known = is_known AND excluded.is_stocked`),
    policy: db.prepare<[], StockPolicy>("SELECT policy FROM stock_settings").pluck(),
    setPolicy: db.prepare("UPDATE stock_settings SET policy = ?"),
    correction: db.prepare<[string], number>("SELECT position FROM stock_corrections WHERE correction_id = ?").pluck(),
    insertCorrection: db.prepare("INSERT INTO stock_corrections (correction_id, position) VALUES (?, ?)"),
  };
}
