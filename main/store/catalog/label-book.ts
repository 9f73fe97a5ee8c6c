import type Database from "better-sqlite3";
import type { ChangedLabel, LabelBook } from "#main/till/ports/catalog-desk.ts";

/** Reads and ticks off what the triggers of 0006-shelf-labels.ts note; times are the file's own, milliseconds since 1970. */
export function labelBook(db: Database.Database): LabelBook {
  const sql = statements(db);
  const tickOff = db.transaction((labels: readonly ChangedLabel[]) => {
    for (const { sku, changedAtMs } of labels) {
      if (changedAtMs === newItem) sql.firstPrinted.run(sku);
      else sql.tickOff.run(sku, changedAtMs);
    }
  });
  /** What is new comes last: a price that is wrong on the shelf is worse than none. */
  const withNew = (changed: readonly ChangedLabel[], limit: number): readonly ChangedLabel[] =>
    changed.length >= limit ? changed : [...changed, ...sql.fresh.all(limit - changed.length)];
  return {
    due: (limit) => withNew(sql.due.all(limit), limit),
    changedSince: (sinceMs, limit) => withNew(sql.changedSince.all(sinceMs, limit), limit),
    changedAtMs: (sku) => sql.changedAt.get(sku) ?? (sql.isNew.get(sku) === 1 ? newItem : null),
    dueCount(most) {
      const changed = sql.dueCount.get(most) ?? 0;
      return changed >= most ? most : changed + (sql.freshCount.get(most - changed) ?? 0);
    },
    printed: (labels) => tickOff.immediate(labels),
    allPrinted: () => void sql.allPrinted.run(),
  };
}

/** The time of an item that never had a label. */
const newItem = 0;

function statements(db: Database.Database) {
  const isDue = "printed_ms < changed_ms AND changed_ms > (SELECT ms FROM labels_from)";
  const labels = "SELECT sku, changed_ms AS changedAtMs FROM label_changes JOIN items USING (item_id)";
  const isNew = `items.item_id > (SELECT item_id FROM labels_from)
    AND NOT EXISTS (SELECT 1 FROM label_changes WHERE label_changes.item_id = items.item_id)`;
  const now = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
  return {
    due: db.prepare<[number], ChangedLabel>(`${labels} WHERE ${isDue} ORDER BY changed_ms, item_id LIMIT ?`),
    changedSince: db.prepare<[number, number], ChangedLabel>(
      `${labels} WHERE changed_ms >= ? ORDER BY changed_ms DESC, item_id LIMIT ?`,
    ),
    fresh: db.prepare<[number], ChangedLabel>(
      `SELECT sku, ${newItem} AS changedAtMs FROM items WHERE ${isNew} ORDER BY items.item_id LIMIT ?`,
    ),
    changedAt: db
      .prepare<[string], number>("SELECT changed_ms FROM label_changes JOIN items USING (item_id) WHERE sku = ?")
      .pluck(),
    isNew: db.prepare<[string], number>(`SELECT 1 FROM items WHERE sku = ? AND ${isNew}`).pluck(),
    // Counted no further than is told: a million new goods are a number nobody reads.
    dueCount: db
      .prepare<[number], number>(`SELECT count(*) FROM (SELECT 1 FROM label_changes WHERE ${isDue} LIMIT ?)`)
      .pluck(),
    freshCount: db
      .prepare<[number], number>(`SELECT count(*) FROM (SELECT 1 FROM items WHERE ${isNew} LIMIT ?)`)
      .pluck(),
    // One that has changed again meanwhile is not what was printed.
    tickOff: db.prepare(`
      UPDATE label_changes SET printed_ms = changed_ms
      WHERE item_id = (SELECT item_id FROM items WHERE sku = ?) AND changed_ms = ?`),
    firstPrinted: db.prepare(`
      INSERT INTO label_changes (item_id, changed_ms, printed_ms) SELECT item_id, ${now}, ${now} FROM items WHERE sku = ?
      ON CONFLICT (item_id) DO NOTHING`),
    allPrinted: db.prepare(`
      UPDATE labels_from SET item_id = (SELECT coalesce(max(item_id), 0) FROM items),
        ms = max(ms, coalesce((SELECT max(changed_ms) FROM label_changes), 0))`),
  };
}
