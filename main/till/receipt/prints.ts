import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { PrintJobView } from "#contract/ipc/print-view.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { managersOnly } from "#main/till/reading.ts";

/** The list of prints goes back this far: a busy hour. */
const mostJobs = 100;

/** The last papers and what became of them, newest first. */
export function readPrintJobs(till: TillContext): Outcome<readonly PrintJobView[]> {
  const allowed = managersOnly(till);
  if (!allowed.ok) return allowed;
  const { trouble } = till.deps.receipts.status();
  const jobs = till.deps.store.recentPrintJobs(mostJobs);
  // The oldest of those that wait is the one that is with the printer.
  const first = jobs.findLast(({ state }) => state === "queued" || state === "sending");
  return ok(
    jobs.map((job) => {
      const { jobId, kind, saleNumber, state, reason, createdAtMs, changedAtMs } = job;
      const waitsFor = job === first ? trouble : null;
      return { jobId, kind, saleNumber, state, reason, createdAtMs, changedAtMs, waitsFor };
    }),
  );
}

/** Takes a waiting paper out of the queue, with an entry in the journal. What has begun to print is not taken back. */
export function cancelPrint(till: TillContext, args: IntentArgs<"cancel-print">): Outcome {
  const allowed = managersOnly(till);
  if (!allowed.ok) return allowed;
  const body = { jobId: args.jobId, cashierId: till.state.cashier?.id };
  if (!till.deps.receipts.cancel(args.jobId, { kind: "print-cancelled", body })) return refuse("no-such-print");
  till.changed("status", "payment");
  return done;
}
