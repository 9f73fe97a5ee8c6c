import type { NamedSums } from "#contract/reports/report.ts";
import { percentText, sharePermille } from "#core/report/figures.ts";
import type { Sums } from "#core/report/shares.ts";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { type ReportsKey, useReportsText } from "./reports-texts.ts";
import { countText, plainMoney } from "./sum-words.ts";

export interface Row extends NamedSums {
  readonly name: string;
}

/** A breakdown as a table: each row's name opens the sales behind it; the last row sums up what the range sold. */
export function SumsTable<R extends Row>(props: {
  readonly head: ReportsKey;
  readonly rows: readonly R[];
  readonly total: Sums;
  readonly onOpen: ((row: R) => void) | null;
  /** Leaves out what a breakdown does not know. */
  readonly hasPieces?: boolean;
  /** Where the breakdown is by goods: money that went back and was of none of them. */
  readonly restFen?: number;
}) {
  const { head, rows, total, onOpen, hasPieces = true, restFen } = props;
  const text = useReportsText();
  const hasRefunds = restFen !== undefined && total.refundFen > 0;
  return (
    <Scrolled className="reports-table-frame" label={text(head)}>
      <table className="reports-table">
        <thead>
          <tr>
            <th scope="col">{text(head)}</th>
            <th scope="col">{text("col.count")}</th>
            {hasPieces && <th scope="col">{text("pieces")}</th>}
            <th scope="col">{text("net")}</th>
            <th scope="col">{text("col.share")}</th>
            {hasRefunds && <th scope="col">{text("refunds")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} data-testid="report-row" data-key={row.key}>
              <th scope="row">
                {onOpen === null || row.saleCount === 0 ? (
                  row.name
                ) : (
                  <button type="button" className="reports-open" onClick={() => onOpen(row)}>
                    {row.name}
                  </button>
                )}
              </th>
              <td className="figures">{countText(row.saleCount)}</td>
              {hasPieces && <td className="figures">{countText(row.pieceCount)}</td>}
              <td className="figures reports-amount" data-testid="report-row-net">
                {plainMoney(row.netFen)}
              </td>
              <td className="figures reports-soft">{share(row.netFen, total.netFen)}</td>
              {hasRefunds && <RefundCell refundFen={row.refundFen} />}
            </tr>
          ))}
        </tbody>
        {hasRefunds && restFen > 0 && <RestRow restFen={restFen} columns={hasPieces ? 5 : 4} />}
      </table>
    </Scrolled>
  );
}

/** What went back; an empty cell says nothing did. */
export function RefundCell({ refundFen }: { readonly refundFen: number }) {
  return <td className="figures reports-refund">{refundFen === 0 ? "" : plainMoney(-refundFen)}</td>;
}

/** Money that went back without goods: with it the refunds above sum to those of the range. */
export function RestRow({ restFen, columns }: { readonly restFen: number; readonly columns: number }) {
  const text = useReportsText();
  return (
    <tfoot>
      <tr data-testid="report-rest">
        <th scope="row" colSpan={columns} className="reports-soft">
          {text("no-goods")}
        </th>
        <td className="figures reports-refund">{plainMoney(-restFen)}</td>
      </tr>
    </tfoot>
  );
}

function share(part: number, whole: number): string {
  const permille = sharePermille(part, whole);
  return permille === null ? "—" : percentText(permille);
}
