import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BillAnswer } from "#main/till/ports/payment-gateway.ts";
import { readBillFile } from "./read-bill-file.ts";
import type { BillReader } from "./bill-reader.ts";

/** A bill fetched into a file and read from there, for tests: what the till and its worker do between them. */
export async function fetchAndRead<R>(
  reader: BillReader<R>,
  fetch: (path: string) => Promise<BillAnswer>,
): Promise<
  | { readonly kind: "bill"; readonly sha1: string; readonly rows: readonly R[] }
  | { readonly kind: "none"; readonly fault: object }
> {
  const folder = mkdtempSync(join(tmpdir(), "tillway-bill-"));
  try {
    const answer = await fetch(join(folder, "bill"));
    if (answer.kind === "none") return answer;
    const read = await readBillFile(answer.file, reader);
    return read.ok ? { kind: "bill", sha1: answer.file.sha1, rows: read.value } : { kind: "none", fault: read.fault };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
