import { join } from "node:path";
import Database from "better-sqlite3";

/** How much of the money's story is on disk. */
interface Mark {
  readonly attempts: number;
  readonly refunds: number;
  readonly sales: number;
}

export interface Found {
  mark(): Mark;
  /** The state of the newest attempt or refund since the mark, and whether a sale was committed since. */
  since(mark: Mark): string;
}

/** Looks at what a kill left on disk. */
export function openFound(dataDir: string): Found {
  const one = <Row>(sql: string): Row | undefined => {
    const db = new Database(join(dataDir, "sales.db"), { readonly: true });
    try {
      return db.prepare<[], Row>(sql).get();
    } finally {
      db.close();
    }
  };
  const mark = (): Mark =>
    one<Mark>(`SELECT (SELECT count(*) FROM attempts) AS attempts, (SELECT count(*) FROM refunds) AS refunds,
      (SELECT count(*) FROM sales) AS sales`) ?? { attempts: 0, refunds: 0, sales: 0 };
  const newest = (table: string): string =>
    one<{ readonly state: string }>(`SELECT state FROM ${table} ORDER BY rowid DESC LIMIT 1`)?.state ?? "nothing";
  return {
    mark,
    since(before) {
      const now = mark();
      const story = [
        ...(now.attempts > before.attempts ? [newest("attempts")] : []),
        ...(now.refunds > before.refunds ? [`refund ${newest("refunds")}`] : []),
        ...(now.sales > before.sales ? ["sold"] : []),
      ];
      return story.length === 0 ? "nothing" : story.join(", ");
    },
  };
}
