import { noHash } from "../journal/stored-entries.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";

/** What one sale or refund adds to a business day. Fen. */
export interface DayShare {
  readonly businessDate: string;
  readonly saleCount: number;
  readonly salesFen: number;
  readonly cashFen: number;
  readonly wechatFen: number;
  readonly staticCodeFen: number;
  readonly discountFen: number;
  readonly refundCount: number;
  readonly refundFen: number;
  /** Of the sale; null for a refund. */
  readonly lastSale: { readonly ordinal: number; readonly seq: number; readonly hash: string } | null;
}

export const nothingOf = (businessDate: string): DayShare => ({
  ...{
    businessDate,
    saleCount: 0,
    salesFen: 0,
    cashFen: 0,
    wechatFen: 0,
    staticCodeFen: 0,
    discountFen: 0,
    refundCount: 0,
    refundFen: 0,
  },
  lastSale: null,
});

const sums = [
  "sale_count",
  "sales_fen",
  "cash_fen",
  "wechat_fen",
  "static_code_fen",
  "discount_fen",
  "refund_count",
  "refund_fen",
] as const;
const last = ["last_sale_ordinal", "last_sale_seq", "last_sale_hash"] as const;

const isLater = `(excluded.last_sale_ordinal, excluded.last_sale_seq) >
  (day_totals.last_sale_ordinal, day_totals.last_sale_seq)`;
const changes = [
  ...sums.map((column) => `${column} = day_totals.${column} + excluded.${column}`),
  ...last.map((column) => `${column} = CASE WHEN ${isLater} THEN excluded.${column} ELSE day_totals.${column} END`),
];

/** One row of a day, however many shares: a statement must not meet the same key twice. */
export async function addToDays(tx: Tx, place: TerminalPlace, shares: readonly DayShare[]): Promise<void> {
  const days = new Map<string, DayShare>();
  for (const share of shares) {
    const { businessDate } = share;
    const sum = days.get(businessDate);
    days.set(businessDate, sum === undefined ? share : together(sum, share));
  }
  if (days.size === 0) return;
  // In one order for everybody, so that two that touch the same days cannot wait for each other.
  const rows = [...days.values()]
    .toSorted((a, b) => (a.businessDate < b.businessDate ? -1 : 1))
    .map((day) => [
      ...[place.storeCode, place.terminalId, day.businessDate],
      ...[day.saleCount, day.salesFen, day.cashFen, day.wechatFen, day.staticCodeFen, day.discountFen],
      ...[day.refundCount, day.refundFen],
      ...[day.lastSale?.ordinal ?? 0, day.lastSale?.seq ?? 0, day.lastSale?.hash ?? noHash],
    ]);
  const columns = ["store_code", "terminal_id", "business_date", ...sums, ...last];
  const tail = `ON CONFLICT (store_code, terminal_id, business_date) DO UPDATE SET ${changes.join(", ")}`;
  await tx.insert({ table: "day_totals", columns, tail }, rows);
}

function together(a: DayShare, b: DayShare): DayShare {
  return {
    businessDate: a.businessDate,
    saleCount: a.saleCount + b.saleCount,
    salesFen: a.salesFen + b.salesFen,
    cashFen: a.cashFen + b.cashFen,
    wechatFen: a.wechatFen + b.wechatFen,
    staticCodeFen: a.staticCodeFen + b.staticCodeFen,
    discountFen: a.discountFen + b.discountFen,
    refundCount: a.refundCount + b.refundCount,
    refundFen: a.refundFen + b.refundFen,
    // Shares come in the order of their entries.
    lastSale: b.lastSale ?? a.lastSale,
  };
}
