import type { PrinterTrouble } from "#contract/devices/messages.ts";
import type { PrintJob } from "#main/till/ports/sales-store.ts";

/** The durable print queue as the till sees it: a sale never waits for paper. */
export interface ReceiptQueue {
  /** A job was stored: print it when the printer can. */
  wake(): void;
  status(): {
    readonly waiting: number;
    readonly trouble: PrinterTrouble | "not-connected" | null;
    /** Jobs of which nobody knows whether they are on paper. */
    readonly unknown: readonly PrintJob[];
  };
  stateOf(jobId: string): PrintJob["state"] | null;
  resolveUnknown(jobId: string, as: "printed" | "print-again"): void;
}
