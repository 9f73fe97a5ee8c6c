import type { ImportRowsMessage } from "#contract/catalog-writer/import-rows.ts";
import { mostImportRows } from "#contract/catalog-writer/messages.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { ImportReport, ImportRow } from "#main/store/catalog/import-items.ts";
import type { Done, WriterLine } from "./writer-line.ts";

/** The writer ended or refused: rows up to `itemCount` are in, and bringing all of them again is right. */
export interface ImportFault {
  readonly kind: "import-stopped";
  readonly itemCount: number;
  readonly detail: string;
}

/** One batch is written while the next is read. */
const batchesUnderWay = 2;

/**
 * Has the catalogue's writer put the rows in, some hundred in one transaction, while the till sells from what is there. An
 * item with a known sku is replaced whole. What costs time is done there; here each batch becomes a text, about 1 ms.
 */
export async function importRows(
  line: WriterLine,
  rows: Iterable<ImportRow>,
  onProgress: (itemsDone: number) => void,
): Promise<Result<ImportReport, ImportFault>> {
  const movedBarcodes: ImportReport["movedBarcodes"][number][] = [];
  const underWay: { readonly done: Promise<Done>; readonly count: number }[] = [];
  let itemCount = 0;

  /** Waits until no more than so many batches are under way. */
  async function settle(most: number): Promise<ImportFault | null> {
    while (underWay.length > most) {
      const [oldest] = underWay.splice(0, 1);
      const done = await oldest?.done;
      if (done?.kind === "failed") return { kind: "import-stopped", itemCount, detail: done.detail };
      movedBarcodes.push(...(done?.moved ?? []));
      itemCount += oldest?.count ?? 0;
      onProgress(itemCount);
    }
    return null;
  }

  for (const batch of inBatches(rows)) {
    const json = Buffer.from(JSON.stringify(batch.map(messageOf)));
    underWay.push({ done: line.ask({ kind: "import", json }).done, count: batch.length });
    const fault = await settle(batchesUnderWay - 1);
    if (fault !== null) return fail(fault);
  }
  const fault = await settle(0);
  return fault === null ? ok({ itemCount, movedBarcodes }) : fail(fault);
}

function* inBatches(rows: Iterable<ImportRow>): Generator<readonly ImportRow[]> {
  let batch: ImportRow[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < mostImportRows) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function messageOf({ item: { sku, ...rest }, barcodes }: ImportRow): ImportRowsMessage[number] {
  return { sku, value: { ...rest, barcodes: barcodes.map(({ barcode, count }) => ({ barcode, count })) } };
}
