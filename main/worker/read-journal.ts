import type {
  ReadJournalJob,
  ReadJournalResult,
  VerifyJournalJob,
  VerifyJournalResult,
} from "#contract/worker/audit-messages.ts";
import { auditStep, verifyStep } from "#contract/worker/audit-messages.ts";
import { openAuditBooks } from "#main/store/sales/audit-books.ts";

/** One look into the journal, and no longer than a look: whoever asked asks again for what is older. */
export function readJournal(job: ReadJournalJob): ReadJournalResult {
  const books = openAuditBooks(job.salesDb);
  try {
    return books.page(job.query, job.before, auditStep);
  } finally {
    books.close();
  }
}

export function verifyJournal(job: VerifyJournalJob): VerifyJournalResult {
  const books = openAuditBooks(job.salesDb);
  try {
    return books.verify(job.after, verifyStep);
  } finally {
    books.close();
  }
}
