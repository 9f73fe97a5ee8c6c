import type Database from "better-sqlite3";
import type { JournalMark } from "#contract/worker/outgoing-job.ts";

/** A sale, or money given back; amounts of the latter are negative. */
export interface OutgoingSale {
  readonly position: number;
  readonly kind: "sale" | "refund";
  /** Of the sale; of a refund that of its sale, or its own where there is none. */
  readonly number: string;
  /** RFC 3339 with the shop's offset. */
  readonly at: string;
  readonly date: string;
  readonly cashier: string;
  readonly lines: number;
  readonly grossFen: number;
  readonly discountFen: number;
  readonly totalFen: number;
  readonly cashFen: number;
  readonly wechatFen: number;
  readonly staticCodeFen: number;
  /** The gateway's own numbers, joined by a blank. */
  readonly tradeNo: string;
}

export interface OutgoingDay {
  readonly date: string;
  readonly sales: number;
  readonly pieces: number;
  readonly grossFen: number;
  readonly discountFen: number;
  readonly totalFen: number;
  readonly refunds: number;
  readonly refundedFen: number;
  /** What was taken that way, before money given back. */
  readonly cashFen: number;
  readonly wechatFen: number;
  readonly staticCodeFen: number;
}

const tenderFen = (kind: string): string =>
  `(SELECT coalesce(sum(amount_fen), 0) FROM tenders WHERE tenders.number = sales.number AND kind = '${kind}')`;
const refundFen = (kind: string): string => `-iif(tender = '${kind}', amount_fen, 0)`;

/** Rows in the order of the journal, by pages; `after` and `upTo` are places in it. @param day of this business day alone */
export function outgoingSales(db: Database.Database, day?: string) {
  type Asked = { readonly after: number; readonly upTo: number; readonly limit: number; readonly day?: string };
  const ofDay = day === undefined ? "" : "AND business_date = $day";
  const page = db.prepare<[Asked], OutgoingSale>(`
    SELECT journal_position AS position, 'sale' AS kind, sale_number AS number, completed_at AS at, business_date AS date,
      cashier_name AS cashier, line_count AS lines, gross_fen AS grossFen, discount_fen AS discountFen, total_fen AS totalFen,
      ${tenderFen("cash")} AS cashFen, ${tenderFen("wechat")} AS wechatFen, ${tenderFen("static-code")} AS staticCodeFen,
      coalesce((SELECT group_concat(transaction_id, ' ') FROM tenders WHERE tenders.number = sales.number), '') AS tradeNo
    FROM sales WHERE journal_position > $after AND journal_position <= $upTo ${ofDay}
    UNION ALL
    SELECT report_events.position, 'refund', coalesce(nullif(value ->> '$.saleNumber', ''), value ->> '$.returnNumber', value ->> '$.refundNo', ''),
      coalesce(value ->> '$.given.at', value ->> '$.at', at_wall), business_date,
      coalesce((SELECT name FROM cashiers WHERE cashiers.cashier_id = report_events.cashier_id), report_events.cashier_id),
      0, -amount_fen, 0, -amount_fen, ${refundFen("cash")}, ${refundFen("wechat")}, ${refundFen("static-code")},
      coalesce(value ->> '$.refundId', '')
    FROM report_events JOIN (SELECT position, at_wall, CAST(body AS TEXT) AS value FROM journal) USING (position)
    WHERE report_events.kind = 'refund' AND report_events.position > $after AND report_events.position <= $upTo ${ofDay}
    ORDER BY position LIMIT $limit`);
  const ofWhich = day === undefined ? {} : { day };
  return (after: number, upTo: number, limit: number): readonly OutgoingSale[] =>
    page.all({ after, upTo, limit, ...ofWhich });
}

/** Business days with anything on them, oldest first. */
export function outgoingDays(
  db: Database.Database,
  { after, before, since }: { readonly after: string | null; readonly before: string; readonly since: string | null },
): readonly OutgoingDay[] {
  const taken = (kind: string): string => `sum(iif(dimension = 'tender' AND key = '${kind}', net_fen, 0))`;
  const whole = (column: string): string => `sum(iif(dimension = 'hour', ${column}, 0))`;
  return db
    .prepare<[{ readonly after: string; readonly before: string; readonly since: string }], OutgoingDay>(`
      SELECT business_date AS date, ${whole("sale_count")} AS sales, ${whole("piece_count")} AS pieces,
        ${whole("gross_fen")} AS grossFen, ${whole("discount_fen")} AS discountFen, ${whole("net_fen")} AS totalFen,
        ${whole("refund_count")} AS refunds, ${whole("refund_fen")} AS refundedFen,
        ${taken("cash")} AS cashFen, ${taken("wechat")} AS wechatFen, ${taken("static-code")} AS staticCodeFen
      FROM report_totals WHERE dimension IN ('hour', 'tender') AND business_date > $after AND business_date < $before
        AND business_date >= $since
      GROUP BY business_date ORDER BY business_date`)
    .all({ after: after ?? "", before, since: since ?? "" });
}

export interface LatestOutgoing {
  readonly sales: readonly OutgoingSale[];
  readonly days: readonly OutgoingDay[];
}

/** The shop's last rows of each kind, a few: cheap enough for main. @param before the first business day that is not over */
export function latestOutgoing(db: Database.Database, before: string): LatestOutgoing {
  const third = db
    .prepare<[], number>("SELECT journal_position FROM sales ORDER BY journal_position DESC LIMIT 3")
    .pluck()
    .all()
    .at(-1);
  const second = db
    .prepare<[string], string>(`
      SELECT DISTINCT business_date FROM report_totals WHERE dimension = 'hour' AND business_date < ?
      ORDER BY business_date DESC LIMIT 2`)
    .pluck()
    .all(before)
    .at(-1);
  return {
    sales: third === undefined ? [] : outgoingSales(db)(third - 1, Number.MAX_SAFE_INTEGER, 3),
    days: second === undefined ? [] : outgoingDays(db, { after: null, before, since: second }),
  };
}

/** The journal's end now. */
export function journalEnd(db: Database.Database): JournalMark {
  const last = db
    .prepare<[], JournalMark>("SELECT position, lower(hex(hash)) AS hash FROM journal ORDER BY position DESC LIMIT 1")
    .get();
  return last ?? { position: 0, hash: null };
}

/** The place before everything of this business day and later ones; `end` where there is nothing yet. */
export function beforeDay(db: Database.Database, day: string, end: number): number {
  const first = db
    .prepare<[{ readonly day: string }], number | null>(`
      SELECT min(place) FROM (SELECT min(journal_position) AS place FROM sales WHERE business_date >= $day
        UNION ALL SELECT min(position) FROM report_events WHERE kind = 'refund' AND business_date >= $day)`)
    .pluck()
    .get({ day });
  return first === null || first === undefined ? end : Math.min(first - 1, end);
}

/**
 * Where to go on after `mark`: there, unless another entry stands there. Then the books were put back from a backup, and what
 * they have written since began with their new epoch; what came before it was in the files already.
 */
export function goOnAfter(db: Database.Database, mark: JournalMark): number {
  if (mark.hash === null) return mark.position;
  const hash = db
    .prepare<[number], string>("SELECT lower(hex(hash)) FROM journal WHERE position = ?")
    .pluck()
    .get(mark.position);
  if (hash === mark.hash) return mark.position;
  const epoch = db
    .prepare<[], number>("SELECT coalesce(max(position), 0) FROM journal WHERE kind = 'epoch-opened'")
    .pluck()
    .get();
  return Math.min(epoch ?? 0, mark.position);
}
