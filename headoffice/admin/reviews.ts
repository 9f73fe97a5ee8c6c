import type { Sql } from "../store/sql.ts";
import { noteDeed } from "./deeds.ts";
import type { ReviewAnswer, ReviewsAnswer } from "./shapes.ts";

export interface ReviewsAsk {
  readonly open: "yes" | "no";
  readonly before?: string | undefined;
  readonly limit: number;
}

type ReviewKey = Pick<ReviewAnswer, "storeCode" | "terminalId" | "epoch" | "seq" | "reason">;

/** Tills with entries apart that are told at once. */
const mostQuarantined = 200;
/** As above, with payments to their printed code that nobody has verified. */
const mostUnverified = 200;

/** What a person should look at, newest first: those nobody has seen, or those somebody has. */
export async function listReviews(sql: Sql, { open, before, limit }: ReviewsAsk): Promise<ReviewsAnswer> {
  const [ms, rest] = splitAt(before);
  const after = ms === null ? "" : "AND (noticed_ms, store_code || terminal_id || epoch || seq || reason) < (?, ?)";
  const reviews = await sql.rows<ReviewAnswer>(
    `SELECT store_code AS "storeCode", terminal_id AS "terminalId", epoch, seq, reason, detail,
       noticed_ms AS "noticedMs", settled_ms AS "seenMs", settled_by AS "seenBy"
     FROM review_items WHERE settled_ms IS ${open === "yes" ? "" : "NOT"} NULL ${after}
     ORDER BY noticed_ms DESC, store_code || terminal_id || epoch || seq || reason DESC LIMIT ?`,
    [...(ms === null ? [] : [ms, rest]), limit],
  );
  const last = reviews.length === limit ? reviews.at(-1) : undefined;
  const quarantine = await sql.rows<ReviewsAnswer["quarantine"][number]>(
    `SELECT store_code AS "storeCode", terminal_id AS "terminalId", COUNT(*) AS "count" FROM quarantined_entries
     GROUP BY store_code, terminal_id ORDER BY store_code, terminal_id LIMIT ?`,
    [mostQuarantined],
  );
  const takings = await sql.rows<ReviewsAnswer["takings"][number]>(
    `SELECT store_code AS "storeCode", terminal_id AS "terminalId", COUNT(*) AS "count", SUM(amount_fen) AS "amountFen"
     FROM tenders WHERE taking = 'open' GROUP BY store_code, terminal_id ORDER BY store_code, terminal_id LIMIT ?`,
    [mostUnverified],
  );
  return { reviews, next: last === undefined ? null : `${last.noticedMs}~${textKey(last)}`, quarantine, takings };
}

export async function countOpenReviews(sql: Sql): Promise<number> {
  const row = await sql.first<{ count: number }>(
    "SELECT COUNT(*) AS count FROM (SELECT 1 AS one FROM review_items WHERE settled_ms IS NULL LIMIT 1000) AS open_ones",
  );
  return row?.count ?? 0;
}

/** Signs one off; false where there is none that is open. */
export async function markSeen(sql: Sql, by: string, key: ReviewKey, nowMs: number): Promise<boolean> {
  const { storeCode, terminalId, epoch, seq, reason } = key;
  return sql.transaction(async (tx) => {
    const count = await tx.run(
      `UPDATE review_items SET settled_ms = ?, settled_by = ? WHERE store_code = ? AND terminal_id = ? AND epoch = ?
       AND seq = ? AND reason = ? AND settled_ms IS NULL`,
      [nowMs, by, storeCode, terminalId, epoch, seq, reason],
    );
    if (count === 0) return false;
    const detail = `${terminalId} ${epoch} ${seq} ${reason}`;
    await noteDeed(tx, { name: by, deed: "review-seen", storeCode, detail }, nowMs);
    return true;
  });
}

const textKey = ({ storeCode, terminalId, epoch, seq, reason }: ReviewKey): string =>
  `${storeCode}${terminalId}${epoch}${seq}${reason}`;

function splitAt(before: string | undefined): readonly [number, string] | readonly [null, ""] {
  const match = /^(\d{1,15})~(.*)$/.exec(before ?? "");
  return match === null ? [null, ""] : [Number(match[1]), match[2] ?? ""];
}
