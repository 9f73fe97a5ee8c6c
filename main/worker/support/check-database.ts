import type { CheckDatabaseJob, CheckDatabaseResult } from "#contract/worker/health-messages.ts";
import { openSupportBooks } from "#main/store/sales/support-books.ts";
import type { Hands } from "../workbench.ts";

/** Table by table, so that main hears of it meanwhile and can end it. */
export async function checkDatabase(job: CheckDatabaseJob, hands: Hands): Promise<CheckDatabaseResult> {
  const beganMs = performance.now();
  const books = openSupportBooks(job.salesDb);
  try {
    let problems = 0;
    for (const [at, table] of books.tables.entries()) {
      problems += books.problemsOf(table);
      await hands.pause((at + 1) / books.tables.length);
    }
    return { problems, bytes: books.bytes(), tookMs: Math.round(performance.now() - beganMs) };
  } finally {
    books.close();
  }
}
