import type { DayView } from "#contract/ipc/manager-view.ts";
import { negateFen } from "#core/money/fen.ts";
import { scaleHalfUp } from "#core/money/rounding.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { percentText } from "../sale/CartLine.tsx";
import { useManagerText } from "./manager-texts.ts";

/** How the day was paid, as one bar and as the table that says it exactly. */
export function TendersCard({ day }: { readonly day: DayView }) {
  const text = useManagerText();
  const common = useCommonText();
  const tenders = (
    [
      { kind: "wechat", amountFen: day.wechatFen },
      { kind: "cash", amountFen: day.cashFen },
      { kind: "static-code", amountFen: day.staticCodeFen },
    ] as const
  ).filter(({ kind, amountFen }) => kind !== "static-code" || amountFen > 0);
  // Beside the sums above, which are before it; the last was never among them.
  const givenBack = (
    [
      { name: "refunds-wechat", amountFen: day.refundWechatFen },
      { name: "refunds-cash", amountFen: day.refundCashFen },
      { name: "returned-charges", amountFen: day.returnedChargeFen },
    ] as const
  ).filter(({ amountFen }) => amountFen > 0);
  return (
    <section className="manager-card">
      <h2>{text("tenders")}</h2>
      <div className="manager-bar-whole" aria-hidden="true">
        {tenders.map(({ kind, amountFen }) => (
          <i key={kind} className={`manager-tender-${kind}`} style={{ flexGrow: amountFen }} />
        ))}
      </div>
      <table className="manager-table">
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{text("tenders")}</th>
            <th scope="col">{text("tenders.share")}</th>
            <th scope="col">{text("tenders.amount")}</th>
          </tr>
        </thead>
        <tbody>
          {tenders.map(({ kind, amountFen }) => (
            <tr key={kind}>
              <th scope="row">
                <i className={`manager-dot manager-tender-${kind}`} aria-hidden="true" />
                {common(`tender.${kind}`)}
              </th>
              <td className="figures manager-soft">{shareOf(amountFen, day.salesFen)}</td>
              <td className="figures" data-testid={`day-tender-${kind}`}>
                {formatMoney(amountFen)}
              </td>
            </tr>
          ))}
          {givenBack.map(({ name, amountFen }) => (
            <tr key={name} className="manager-given-back">
              <th scope="row" colSpan={2}>
                {text(`tenders.${name}`)}
              </th>
              <td className="figures" data-testid={`day-${name}`}>
                {formatMoney(negateFen(amountFen))}
              </td>
            </tr>
          ))}
          <TaxRows taxes={day.taxes ?? []} />
        </tbody>
      </table>
    </section>
  );
}

/** The tax that is in the sales, by rate; nothing where the shop has named none. */
function TaxRows({ taxes }: { readonly taxes: NonNullable<DayView["taxes"]> }) {
  const text = useManagerText();
  return taxes.map(({ basisPoints, amountFen, taxFen }) => (
    <tr key={basisPoints}>
      <th scope="row">{text("tax")}</th>
      <td className="figures manager-soft">
        {text("tax.rate", { rate: percentText(basisPoints), amount: formatMoney(amountFen) })}
      </td>
      <td className="figures" data-testid={`day-tax-${basisPoints}`}>
        {formatMoney(taxFen)}
      </td>
    </tr>
  ));
}

/** "61.3%": tenths of a percent, half up. */
function shareOf(amountFen: number, wholeFen: number): string {
  if (wholeFen === 0) return "—";
  const permille = scaleHalfUp(amountFen, 1_000, wholeFen);
  return `${Math.trunc(permille / 10)}.${permille % 10}%`;
}
