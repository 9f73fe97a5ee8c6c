import type { PrintLine } from "#core/receipt/document.ts";
import type { TillContext } from "#main/till/context.ts";
import type { JournalDraft, PrintJob } from "#main/till/ports/sales-store.ts";

/** A paper of the shift as a print job; null where the till has no printer. */
export function slipOf(till: TillContext, kind: PrintJob["kind"], lines: readonly PrintLine[]): PrintJob | null {
  const { deps } = till;
  if (deps.config.devices.printer === undefined) return null;
  const createdAtMs = deps.clock.now();
  return { jobId: deps.newId(), saleId: null, kind, lines: JSON.stringify(lines), state: "queued", createdAtMs };
}

/** Queues it; without a printer nothing happens. */
export function printSlip(
  till: TillContext,
  kind: PrintJob["kind"],
  lines: readonly PrintLine[],
  entry: JournalDraft | null = null,
): void {
  const slip = slipOf(till, kind, lines);
  if (slip === null) return;
  till.deps.store.enqueuePrint(slip, entry);
  till.deps.receipts.wake();
  till.changed("status");
}
