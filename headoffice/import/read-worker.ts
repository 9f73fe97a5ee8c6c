import { parentPort, workerData } from "node:worker_threads";
import { assert } from "#core/result.ts";
import { judgeTable } from "#core/catalog/import/judge-rows.ts";
import { listLimits } from "./list-limits.ts";
import type { ReadingMessage } from "./read-apart.ts";
import { readTable } from "#tables/read-table.ts";

// The thread of read-apart.ts: reads and judges one file, tells it in pieces and ends.

/** Rows of one message: taking it in costs the other side a few milliseconds. */
const rowsAtOnce = 1_000;

assert(parentPort !== null, "this file runs as a worker");
const port = parentPort;
const tell = (message: ReadingMessage) => port.postMessage(message);

// What read-apart.ts hands over; a copy of the bytes of a file.
const table = await readTable(Buffer.from(workerData as Uint8Array), listLimits);
if (!table.ok) tell({ kind: "refused", refusal: { kind: table.fault } });
else {
  const { format, encoding, rows } = table.value;
  const judged = judgeTable(rows());
  if (!judged.ok) tell({ kind: "refused", refusal: judged.fault, format, encoding });
  else {
    const { rows: good, ...rest } = judged.value;
    for (let from = 0; from < good.length; from += rowsAtOnce)
      tell({ kind: "rows", rows: good.slice(from, from + rowsAtOnce) });
    tell({ kind: "judged", format, encoding, ...rest });
  }
}
