import type { AuditQuery } from "#contract/worker/audit-messages.ts";
import { fail, ok } from "#core/result.ts";
import type { Worker } from "#main/jobs/create-worker.ts";
import type { AuditBooks } from "#main/till/ports/audit-books.ts";

/**
 * Looks into the journal in a worker, one look after the other. What is checked of the chain stays checked while the till
 * is open: the journal is only added to, and its file checks that.
 */
export function createAuditBooks(worker: Worker, salesDb: string, utcOffsetMinutes: number): AuditBooks {
  let after = 0;
  return {
    async page(query: AuditQuery, before: number | null) {
      const read = await worker.run({ kind: "read-journal", salesDb, query, before });
      return read.ok && read.value.of === "read-journal" ? ok(read.value) : fail("failed");
    },
    async verifyOn() {
      const checked = await worker.run({ kind: "verify-journal", salesDb, after });
      if (!checked.ok || checked.value.of !== "verify-journal") return fail("failed");
      after = checked.value.through;
      return ok(checked.value);
    },
    async export(query, target, locale) {
      const written = await worker.run({
        kind: "export-journal-csv",
        salesDb,
        query,
        target,
        locale,
        utcOffsetMinutes,
      });
      return written.ok && written.value.of === "export-journal-csv" ? ok(written.value) : fail("cannot-write");
    },
  };
}
