import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { TillContext } from "#main/till/context.ts";
import { withdrawNotices } from "#main/till/notices.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { permissionFor } from "#main/till/permission.ts";
import type { PrintJob } from "#main/till/ports/sales-store.ts";
import { layOutSaleReceipt } from "#main/till/receipt/lay-out-receipt.ts";

/** Prints a sale again, marked 副本, with an entry in the journal. */
export function reprintReceipt(till: TillContext, args: IntentArgs<"reprint-receipt">): Outcome {
  if (permissionFor(till, { kind: "reprint-receipt" }) !== "yes") return refuse("not-allowed");
  if (till.deps.config.devices.printer === undefined) return refuse("no-printer");
  return enqueueCopy(till, args.saleId);
}

/** Somebody has looked whether a doubtful receipt is on paper: if not, it is printed again as a copy. */
export function resolvePrint(till: TillContext, args: IntentArgs<"resolve-print">): Outcome {
  const { receipts } = till.deps;
  const job = receipts.status().unknown.find((one) => one.jobId === args.jobId);
  if (job === undefined) return refuse("no-such-sale");
  if (args.as === "print-again") {
    const isOfSale = job.saleId !== null && job.kind !== "refund";
    const stored = isOfSale ? enqueueCopy(till, job.saleId) : enqueueAgain(till, job);
    if (!stored.ok) return stored;
  }
  receipts.resolveUnknown(args.jobId, args.as);
  withdrawNotices(till, (notice) => notice.kind === "print-unknown" && notice.jobId === args.jobId);
  till.changed("status", "payment");
  return done;
}

function enqueueCopy(till: TillContext, saleId: string): Outcome {
  const { deps } = till;
  const found = deps.store.sale(saleId);
  if (found === null) return refuse("no-such-sale");
  const jobId = deps.newId();
  const lines = JSON.stringify(layOutSaleReceipt(till, found.sale, found.journalHash, true));
  deps.store.enqueuePrint(
    { jobId, saleId, kind: "copy", lines, state: "queued", createdAtMs: deps.clock.now() },
    { kind: "receipt-reprinted", body: { jobId, saleId, cashierId: till.state.cashier?.id } },
  );
  deps.receipts.wake();
  till.changed("status");
  return done;
}

/** A slip that is no receipt of a sale. */
function enqueueAgain(till: TillContext, job: PrintJob): Outcome {
  const { deps } = till;
  const jobId = deps.newId();
  deps.store.enqueuePrint({ ...job, jobId, state: "queued", createdAtMs: deps.clock.now() }, null);
  deps.receipts.wake();
  return done;
}
