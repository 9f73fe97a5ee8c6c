import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import type { ItemRecord } from "#main/till/ports/catalog-desk.ts";

/** Notes taken over at once. */
const notesAtOnce = 50;

/**
 * Writes what was changed into the journal. The notes lie beside the goods until then, so that a power cut loses none; one
 * between the two files leaves an entry twice, under the same `noteId`.
 */
export function journalNotes(till: TillContext): void {
  const desk = till.deps.goods?.desk;
  if (desk === undefined) return;
  withoutFail(till, "note a change of the goods", () => {
    for (;;) {
      const notes = desk.waitingNotes(notesAtOnce);
      for (const { noteId, kind, body } of notes) {
        till.deps.store.appendJournal({ kind, body: { noteId, ...body } });
        desk.notesTaken(noteId);
      }
      if (notes.length > 0) till.changed("status");
      if (notes.length < notesAtOnce) return;
    }
  });
}

/** An item as its entries say it. */
export function factsOf(record: ItemRecord | null): Readonly<Record<string, unknown>> | null {
  if (record === null) return null;
  const { sku: _, ...item } = record.item;
  return { ...item, codes: record.codes };
}
