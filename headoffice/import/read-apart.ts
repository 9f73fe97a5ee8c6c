import { Worker } from "node:worker_threads";
import { fail, ok, type Result } from "#core/result.ts";
import type { HeaderFault, JudgedTable } from "#core/catalog/import/judge-rows.ts";
import type { ImportRow } from "#core/catalog/import/read-row.ts";
import type { TableFault } from "#core/catalog/import/table-row.ts";
import type { Table } from "#tables/read-table.ts";

/** A list of 50,000 rows takes some 150 MB to read; what takes more is no price list. */
const mostMegabytes = 512;
/** Reading the largest list takes a second or two; on a busy machine ten times that. Milliseconds. */
const mostMs = 60_000;

export type ReadingRefusal = HeaderFault | { readonly kind: TableFault };

/** What the worker says: rows in pieces, then how it went as the last. */
export type ReadingMessage =
  | { readonly kind: "rows"; readonly rows: readonly ImportRow[] }
  | ({ readonly kind: "judged" } & Source & Omit<JudgedTable, "rows">)
  | ({ readonly kind: "refused"; readonly refusal: ReadingRefusal } & Partial<Source>);

type Source = Pick<Table, "format" | "encoding">;

export type ReadTable = JudgedTable & Source;
export type ReadingFault = { readonly refusal: ReadingRefusal } & Partial<Source>;

/** Beside this file, as a source and as `npm run build` bundles it for the demo store. */
const reader = new URL(import.meta.url.endsWith(".ts") ? "./read-worker.ts" : "./read-worker.js", import.meta.url);

/**
 * Reads and judges a file in a thread of its own, so that tills are answered meanwhile. A file that takes too much memory
 * or time ends that thread and nothing else, and is called unreadable.
 */
export function readApart(bytes: Uint8Array): Promise<Result<ReadTable, ReadingFault>> {
  return new Promise((resolve) => {
    const worker = new Worker(reader, {
      workerData: bytes,
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    });
    const rows: ImportRow[] = [];
    const end = (outcome: Result<ReadTable, ReadingFault>) => {
      clearTimeout(late);
      void worker.terminate();
      resolve(outcome);
    };
    const giveUp = () => end(fail({ refusal: { kind: "unreadable" } }));
    const late = setTimeout(giveUp, mostMs);
    worker.on("message", (message: ReadingMessage) => {
      if (message.kind === "rows") rows.push(...message.rows);
      else if (message.kind === "judged") end(ok({ ...message, rows }));
      else end(fail(message));
    });
    worker.once("error", giveUp);
    worker.once("exit", giveUp);
  });
}
