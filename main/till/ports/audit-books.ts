import type { AuditQuery, ReadJournalResult, VerifyJournalResult } from "#contract/worker/audit-messages.ts";
import type { Locale } from "#contract/config/terminal.ts";
import type { Result } from "#core/result.ts";

/** The journal as the worker looks into it. A worker that dies twice over a look says `failed`. */
export interface AuditBooks {
  /** A page of what the query finds before a position, or how far it looked. */
  page(query: AuditQuery, before: number | null): Promise<Result<ReadJournalResult, "failed">>;
  /** Checks the next stretch of the chain behind what is checked already, and says how far that is now. */
  verifyOn(): Promise<Result<VerifyJournalResult, "failed">>;
  export(
    query: AuditQuery,
    target: string,
    locale: Locale,
  ): Promise<Result<{ readonly rowCount: number }, "cannot-write">>;
}
