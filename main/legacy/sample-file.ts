import type { LegacyFileAnswers, LegacyFileSample } from "#contract/ipc/legacy-file-intents.ts";
import type { LatestOutgoing, OutgoingDay, OutgoingSale } from "#main/store/reports/outgoing-rows.ts";
import { dayRow, endOf, headOf, lineOf, type Row, saleRow } from "#main/worker/outgoing-text.ts";

/** Two sales and money given back; two days. Made up, for a shop that has sold nothing yet. */
const sale: OutgoingSale = {
  ...{ position: 1, kind: "sale", number: "20260301-T01-0001", at: "2026-03-01T09:05:00+08:00", date: "2026-03-01" },
  ...{ cashier: "王芳", lines: 3, grossFen: 4_650, discountFen: 150, totalFen: 4_500 },
  ...{ cashFen: 0, wechatFen: 4_500, staticCodeFen: 0, tradeNo: "4200000000202603010000000001" },
};
const sales: readonly OutgoingSale[] = [
  sale,
  {
    ...sale,
    ...{ number: "20260301-T01-0002", at: "2026-03-01T09:12:30+08:00", lines: 1, grossFen: 350, discountFen: 0 },
    ...{ totalFen: 350, cashFen: 350, wechatFen: 0, tradeNo: "" },
  },
  {
    ...sale,
    ...{ kind: "refund", at: "2026-03-01T17:40:00+08:00", lines: 0, grossFen: -1_200, discountFen: 0 },
    ...{ totalFen: -1_200, wechatFen: -1_200, tradeNo: "50000000002026030100000001" },
  },
];
const day: OutgoingDay = {
  ...{ date: "2026-03-01", sales: 214, pieces: 903, grossFen: 1_204_560, discountFen: 10_200, totalFen: 1_194_360 },
  ...{ refunds: 2, refundedFen: 3_400, cashFen: 312_000, wechatFen: 872_360, staticCodeFen: 10_000 },
};
const days: readonly OutgoingDay[] = [
  day,
  { ...day, date: "2026-03-02", sales: 198, pieces: 811, grossFen: 1_010_000, discountFen: 0, totalFen: 1_010_000 },
];

/** What the writer of files would write of the shop's own last rows, or of made-up ones where it has none. */
export function sampleFile(
  asked: LegacyFileSample,
  latest: LatestOutgoing | null,
): LegacyFileAnswers["sample-legacy-file"] {
  const { layout } = asked;
  const isOwn = (latest?.[asked.of].length ?? 0) > 0;
  const from = latest !== null && isOwn ? latest : { sales, days };
  const rows: readonly Row[] =
    asked.of === "sales"
      ? from.sales.map((one) => saleRow(one, asked.layout))
      : from.days.map((one) => dayRow(one, asked.layout));
  return {
    text: headOf(layout) + rows.map((row, at) => lineOf(row, layout, at === 0)).join("") + endOf(layout),
    isOwn,
  };
}
