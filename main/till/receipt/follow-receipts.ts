import type { TillContext } from "#main/till/context.ts";
import { notifyOnce, withdrawNotices } from "#main/till/notices.ts";

/** Says what the print queue has to say: trouble that a person must mend, and papers nobody knows of. */
export function followReceipts(till: TillContext): void {
  const { waiting, trouble, unknown } = till.deps.receipts.status();
  withdrawNotices(till, (notice) => {
    if (notice.kind === "printer-trouble") return trouble !== notice.trouble || waiting !== notice.waiting;
    return notice.kind === "print-unknown" && !unknown.some((job) => job.jobId === notice.jobId);
  });
  if (trouble !== null && waiting > 0) notifyOnce(till, { kind: "printer-trouble", trouble, waiting });
  for (const job of unknown) {
    const sale = job.saleId === null ? null : till.deps.store.sale(job.saleId);
    notifyOnce(till, { kind: "print-unknown", jobId: job.jobId, saleNumber: sale?.sale.saleNumber ?? null });
  }
  for (const job of till.deps.receipts.takeFailed()) {
    const sale = job.saleId === null ? null : till.deps.store.sale(job.saleId);
    notifyOnce(till, { kind: "print-failed", jobId: job.jobId, saleNumber: sale?.sale.saleNumber ?? null });
  }
  till.changed("status", "payment");
}
