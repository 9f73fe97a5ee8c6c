import type Database from "better-sqlite3";
import type { ChangedLabel, LabelBook } from "#main/till/ports/catalog-desk.ts";

/** Reads and ticks off what the triggers of 0006-shelf-labels.ts note; times are the file's own, milliseconds since 1970. */
export function labelBook(db: Database.Database): LabelBook {
  const sql = statements(db);
  const tickOff = db.transaction((labels: readonly ChangedLabel[]) => {
    for (const { sku, changedAtMs } of labels) sql.tickOff.run(sku, changedAtMs);
  });
  return {
    due: (limit) => sql.due.all(limit),
    changedSince: (sinceMs, limit) => sql.changedSince.all(sinceMs, limit),
    changedAtMs: (sku) => sql.changedAt.get(sku) ?? null,
    dueCount: (most) => sql.dueCount.get(most) ?? 0,
    printed: (labels) => tickOff.immediate(labels),
    allPrinted: () => void sql.allPrinted.run(),
  };
}

function statements(db: Database.Database) {
  const isDue = "printed_ms < changed_ms AND changed_ms > (SELECT ms FROM labels_from)";
  const labels = "SELECT sku, changed_ms AS changedAtMs FROM label_changes JOIN items USING (item_id)";
  return {
    due: db.prepare<[number], ChangedLabel>(`${labels} WHERE ${isDue} ORDER BY changed_ms, item_id LIMIT ?`),
    changedSince: db.prepare<[number, number], ChangedLabel>(
      `${labels} WHERE changed_ms >= ? ORDER BY changed_ms DESC, item_id LIMIT ?`,
    ),
    changedAt: db
      .prepare<[string], number>("SELECT changed_ms FROM label_changes JOIN items USING (item_id) WHERE sku = ?")
      .pluck(),
    // Counted no further than is told: a million new goods are a number nobody reads.
    dueCount: db
      .prepare<[number], number>(
        `SELECT count(*) FROM (SELECT 1 FROM label_changes INDEXED BY labels_due WHERE ${isDue} LIMIT ?)`,
      )
      .pluck(),
    // One that has changed again meanwhile is not what was printed.
    tickOff: db.prepare(`
      UPDATE label_changes SET printed_ms = changed_ms
      WHERE item_id = (SELECT item_id FROM items WHERE sku = ?) AND changed_ms = ?`),
    allPrinted: db.prepare(
      "UPDATE labels_from SET ms = max(ms, coalesce((SELECT max(changed_ms) FROM label_changes), 0))",
    ),
  };
}
