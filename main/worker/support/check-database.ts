import { statSync } from "node:fs";
import type { CheckDatabaseJob, CheckDatabaseResult } from "#contract/worker/health-messages.ts";
import { isDamage, openSupportBooks } from "#main/store/sales/support-books.ts";
import type { Hands } from "../workbench.ts";

/** Table by table, so that main hears of it meanwhile and can end it. A file that cannot even be opened counts as one problem. */
export async function checkDatabase({ salesDb }: CheckDatabaseJob, hands: Hands): Promise<CheckDatabaseResult> {
  const beganMs = performance.now();
  const problems = await problemsIn(salesDb, hands);
  // What was written last still lies in the log beside it.
  const bytes = [salesDb, `${salesDb}-wal`].reduce((sum, path) => sum + (statSync(path, noThrow)?.size ?? 0), 0);
  return { problems, bytes, tookMs: Math.round(performance.now() - beganMs) };
}

const noThrow = { throwIfNoEntry: false } as const;

async function problemsIn(path: string, hands: Hands): Promise<number> {
  let books;
  try {
    books = openSupportBooks(path);
  } catch (cause) {
    if (isDamage(cause)) return 1;
    throw cause;
  }
  try {
    let problems = 0;
    for (const [at, table] of books.tables.entries()) {
      problems += books.problemsOf(table);
      await hands.pause((at + 1) / books.tables.length);
    }
    return problems;
  } finally {
    books.close();
  }
}
