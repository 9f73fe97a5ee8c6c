import type { NamedSums } from "#contract/reports/report.ts";
import type { Sums } from "#core/report/shares.ts";
import { useReportsText } from "./reports-texts.ts";
import { SumsCard } from "./SumsCard.tsx";
import { plainMoney } from "./sum-words.ts";
import type { Behind } from "./use-behind.ts";

/** How the range was paid: one bar, the table that says it exactly, and what went back by which way. */
export function TendersCard(props: {
  readonly tenders: readonly NamedSums[];
  readonly total: Sums;
  readonly onBehind: (behind: Behind) => void;
}) {
  const { tenders, total, onBehind } = props;
  const text = useReportsText();
  const nameOf = (key: string): string =>
    key === "cash" || key === "wechat" || key === "static-code" ? text(`tender.${key}`) : key;
  const rows = tenders.map((row) => ({ ...row, name: nameOf(row.key) }));
  const givenBack = rows.filter(({ refundCount }) => refundCount > 0);
  const bar = (
    <div className="reports-whole" aria-hidden="true">
      {rows.map(({ key, netFen }) => (
        <i key={key} className={`reports-tender-${key}`} style={{ flexGrow: netFen }} />
      ))}
    </div>
  );
  return (
    <SumsCard
      {...{ title: "tenders", head: "col.tender", by: "tender", total, onBehind, hasPieces: false }}
      rows={rows}
      above={
        <>
          {bar}
          {givenBack.map(({ key, name, refundCount, refundFen }) => (
            <button
              key={key}
              type="button"
              className="reports-back-row"
              onClick={() =>
                onBehind({ of: "refund", pick: { by: "tender", key }, name: `${text("refunds")} · ${name}` })
              }
            >
              <span>{`${text("refunds")} · ${name} ×${refundCount}`}</span>
              <span className="figures">{plainMoney(-refundFen)}</span>
            </button>
          ))}
        </>
      }
    />
  );
}
