import type { PrinterTrouble } from "#contract/devices/messages.ts";
import type { JournalDraft, PrintJob } from "#main/till/ports/sales-store.ts";

/** The durable print queue as the till sees it: a sale never waits for paper. Jobs enter through the store. */
export interface ReceiptQueue {
  /** A job was stored: print it when the printer can. */
  wake(): void;
  status(): {
    readonly waiting: number;
    readonly trouble: PrinterTrouble | "not-connected" | null;
    /** Jobs of which nobody knows whether they are on paper. */
    readonly unknown: readonly PrintJob[];
  };
  /** Jobs that can never print, told of once. */
  takeFailed(): readonly PrintJob[];
  /** Takes a waiting job out, if it has not begun to print. False when no such job waits. */
  cancel(jobId: string, entry: JournalDraft): boolean;
  /** A person has looked; for `print-again` the copy must be stored before. */
  resolveUnknown(jobId: string, answer: "printed" | "print-again"): PrintJob | null;
}
