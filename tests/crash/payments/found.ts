import { join } from "node:path";
import Database from "better-sqlite3";

/** How much of the money's story is on disk. */
interface Mark {
  readonly attempts: number;
  readonly refunds: number;
  readonly sales: number;
}

/** What a kill found: the state of the newest attempt or refund since, and whether a sale was committed since. */
export function openFound(dataDir: string): { mark(): Mark; since(mark: Mark): string } {
  const read = <T>(look: (one: <R>(sql: string) => R | undefined) => T): T => {
    const db = new Database(join(dataDir, "sales.db"), { readonly: true });
    try {
      return look(<R>(sql: string) => db.prepare<[], R>(sql).get());
    } finally {
      db.close();
    }
  };
  const mark = (): Mark =>
    read(
      (one) =>
        one<Mark>(`SELECT (SELECT count(*) FROM attempts) AS attempts, (SELECT count(*) FROM refunds) AS refunds,
          (SELECT count(*) FROM sales) AS sales`) ?? { attempts: 0, refunds: 0, sales: 0 },
    );
  return {
    mark,
    since: (before) =>
      read((one) => {
        const now = mark();
        const newest = (table: string): string =>
          one<{ readonly state: string }>(`SELECT state FROM ${table} ORDER BY rowid DESC LIMIT 1`)?.state ?? "nothing";
        const story = [
          ...(now.attempts > before.attempts ? [newest("attempts")] : []),
          ...(now.refunds > before.refunds ? [`refund ${newest("refunds")}`] : []),
          ...(now.sales > before.sales ? ["sold"] : []),
        ];
        return story.length === 0 ? "nothing" : story.join(", ");
      }),
  };
}
