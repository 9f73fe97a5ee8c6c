import { z } from "zod";
import { auditQuery, type AuditEntry, type VerifyJournalResult } from "#contract/worker/audit-messages.ts";

/** The journal, looked through by whoever sees the shop's reports. */
export const auditSchemas = {
  /** A page of it, newest first; `before` is where the last answer ended. */
  "audit-page": z.strictObject({ query: auditQuery, before: z.int().min(1).nullable() }),
  /** Checks on, a stretch at a time; asked again until everything is checked. */
  "audit-verify": z.strictObject({}),
  /** Asks where to, and writes what the query finds there as CSV. */
  "audit-export": z.strictObject({ query: auditQuery }),
} as const;

/** An entry with the names of those in it; an id that is nobody's stands for itself. */
export interface AuditRowView extends AuditEntry {
  readonly personName: string | null;
  readonly approverName: string | null;
  readonly aboutName: string | null;
}

export interface AuditPageView {
  readonly rows: readonly AuditRowView[];
  /** Where to go on; null: the beginning of the journal is reached. */
  readonly before: number | null;
  readonly reachedMs: number | null;
}

export interface AuditAnswers {
  "audit-page": AuditPageView;
  "audit-verify": VerifyJournalResult;
  /** Null: the question where to was closed. */
  "audit-export": { readonly rowCount: number } | null;
}

/** The worker could not look into the journal. */
export type PlainAuditFault = "audit-failed";
