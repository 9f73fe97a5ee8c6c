import { ok, type Result } from "#core/result.ts";
import { openCatalogStore, type OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import type { CatalogChange, CatalogDesk } from "#main/till/ports/catalog-desk.ts";

export interface OpenCatalogDesk extends CatalogDesk {
  close(): void;
}

/**
 * The goods as they are edited while the till sells them. Reading is the till's own connection's; writing has one of its
 * own, opened with the first change, so that no sale ever sees half of one.
 */
export function createCatalogDesk(parts: {
  readonly catalog: OpenCatalogStore;
  /** True while the worker writes a list: it holds the file, and nobody waits for it. */
  readonly isImporting: () => boolean;
}): OpenCatalogDesk {
  const { catalog, isImporting } = parts;
  let writer: OpenCatalogStore | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function opened(): OpenCatalogStore {
    if (writer !== null) return writer;
    const open = openCatalogStore({ path: catalog.filled.path });
    if (!open.ok) throw new Error(`catalog.db does not open: ${open.fault.kind}`);
    writer = open.value;
    return writer;
  }

  async function write({ items, removed, images, categories, notes }: CatalogChange): Promise<void> {
    await opened().editing.inOneStep(async (step) => {
      if (categories !== undefined) step.replaceCategories(categories);
      for (const sku of removed ?? []) step.removeItem(sku);
      if (items !== undefined) {
        const rows = items.map(({ item, codes }) => ({ item, barcodes: codes }));
        await step.importItems(rows, () => {});
      }
      if (images !== undefined) await step.setImages(images);
      for (const note of notes) step.note(note);
    });
    catalog.filled.lookAgain();
  }

  /** After every change before it, and not while an import holds the file. */
  async function inTurn<F>(work: () => Promise<Result<null, F>>): Promise<Result<null, F | "busy">> {
    const mine = last.then(async (): Promise<Result<null, F | "busy">> =>
      isImporting() ? { ok: false, fault: "busy" } : work(),
    );
    last = mine.catch(() => {});
    return mine;
  }

  return {
    browser: catalog.browser,
    labels: catalog.labels,
    labelsPrinted: (labels) =>
      inTurn<never>(async () => {
        const book = opened().labels;
        if (labels === "all") book.allPrinted();
        else book.printed(labels);
        return ok(null);
      }),
    change<F>(plan: () => Result<CatalogChange, F>) {
      return inTurn<F>(async () => {
        const planned = plan();
        if (!planned.ok) return planned;
        await write(planned.value);
        return ok(null);
      });
    },
    // While an import writes its note is not there yet, and whoever wrote the others is done.
    waitingNotes: (limit) => (isImporting() ? [] : catalog.editing.waitingNotes(limit)),
    notesTaken: (throughId) => catalog.editing.notesTaken(throughId),
    close: () => writer?.close(),
  };
}
