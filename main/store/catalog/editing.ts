import type Database from "better-sqlite3";
import type { Category } from "#core/catalog/item.ts";
import type { CatalogNote } from "#main/till/ports/catalog-desk.ts";
import type { ImportItems } from "./import-items.ts";
import { listRows, type WriteList } from "./list-rows.ts";

/** What may be written in one step. */
export interface StepWriter {
  readonly importItems: ImportItems;
  /** The same for many, and with less work. */
  readonly writeList: WriteList;
  removeItem(sku: string): void;
  /** All of them, in the order of the shop. */
  replaceCategories(categories: readonly Category[]): void;
  note(note: CatalogNote): void;
}

/** Editing on a connection of its own: whoever reads through another sees each step whole or not at all. */
export interface CatalogEditing {
  /** Everything `work` writes, on the disk when this resolves; nothing of it where `work` throws. One after the other. */
  inOneStep<T>(work: (write: StepWriter) => Promise<T>): Promise<T>;
  /** What `work` reads is all of one moment, and a lookup costs no lock of its own. It writes nothing. */
  atOneMoment<T>(work: () => Promise<T>): Promise<T>;
  /** Another than before where somebody else has written since: what was read until then may no longer be so. */
  version(): number;
  /** Moves a long step from the log into the file and gives the log's room back; whoever reads is not disturbed. */
  emptyLog(): void;
  waitingNotes(limit: number): readonly (CatalogNote & { readonly noteId: number })[];
  notesTaken(throughId: number): void;
}

export function catalogEditing(
  db: Database.Database,
  writers: {
    readonly importItems: ImportItems;
    readonly importCategories: (categories: readonly Category[]) => void;
  },
): CatalogEditing {
  const sql = statements(db);
  let last: Promise<unknown> = Promise.resolve();

  const write: StepWriter = {
    importItems: writers.importItems,
    writeList: listRows(db),
    replaceCategories: writers.importCategories,
    note: ({ kind, body }) => void sql.note.run(kind, JSON.stringify(body)),
    removeItem(sku) {
      const itemId = sql.itemId.get(sku);
      if (itemId === undefined) return;
      for (const statement of [sql.dropBarcodes, sql.dropItem]) statement.run(itemId);
      sql.dropPrices.run(sku);
    },
  };

  async function step<T>(work: (write: StepWriter) => Promise<T>): Promise<T> {
    // Head office's rows can be fetched again; these exist nowhere else, so their commit is fsynced.
    db.pragma("synchronous = FULL");
    try {
      sql.begin.run();
      const result = await work(write);
      sql.commit.run();
      return result;
    } catch (error) {
      // A full disk may have rolled back by itself.
      if (db.inTransaction) sql.rollback.run();
      throw error;
    } finally {
      db.pragma("synchronous = NORMAL");
    }
  }

  return {
    async inOneStep(work) {
      const mine = last.then(() => step(work));
      last = mine.catch(() => {});
      return mine;
    },
    async atOneMoment(work) {
      sql.look.run();
      try {
        return await work();
      } finally {
        if (db.inTransaction) sql.rollback.run();
      }
    },
    version: () => Number(db.pragma("data_version", { simple: true })),
    emptyLog: () => void db.pragma("wal_checkpoint(TRUNCATE)"),
    waitingNotes: (limit) =>
      // Written by `note` above, from a CatalogNote.
      sql.notes.all(limit).map(({ note_id: noteId, kind, body }) => ({
        noteId,
        kind,
        body: JSON.parse(body),
      })) as (CatalogNote & { readonly noteId: number })[],
    notesTaken: (throughId) => void sql.dropNotes.run(throughId),
  };
}

function statements(db: Database.Database) {
  return {
    look: db.prepare("BEGIN"),
    begin: db.prepare("BEGIN IMMEDIATE"),
    commit: db.prepare("COMMIT"),
    rollback: db.prepare("ROLLBACK"),
    note: db.prepare("INSERT INTO catalog_notes (kind, body) VALUES (?, ?)"),
    notes: db.prepare<[number], { note_id: number; kind: string; body: string }>(
      "SELECT note_id, kind, body FROM catalog_notes ORDER BY note_id LIMIT ?",
    ),
    dropNotes: db.prepare("DELETE FROM catalog_notes WHERE note_id <= ?"),
    itemId: db.prepare<[string], number>("SELECT item_id FROM items WHERE sku = ?").pluck(),
    dropBarcodes: db.prepare("DELETE FROM barcodes WHERE item_id = ?"),
    dropItem: db.prepare("DELETE FROM items WHERE item_id = ?"),
    dropPrices: db.prepare("DELETE FROM price_changes WHERE sku = ?"),
  };
}
