import type { NamedSums } from "#contract/reports/report.ts";
import type { Sums } from "#core/report/shares.ts";
import { type ClassTax, classTaxOf, hasTaxRecorded, noTaxRecordedFen, sumOfTaxes } from "#core/report/tax-left.ts";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { useReportsText } from "./reports-texts.ts";
import { plainMoney } from "./sum-words.ts";

interface Shown {
  readonly total: Sums;
  readonly taxes: readonly NamedSums[];
  /** Of a tax class, in the language of the screen. */
  readonly nameOf: (key: string) => string;
}

/** What is owed by tax class, less what came back; or that nobody recorded it, which is not nothing. */
export function TaxCard({ total, taxes, nameOf }: Shown) {
  const text = useReportsText();
  if (total.saleCount === 0 && !hasTaxRecorded(taxes)) return null;
  return (
    <section className="reports-card" aria-label={text("tax-sums")} data-testid="report-tax-sums">
      <h2>{text("tax-sums")}</h2>
      {hasTaxRecorded(taxes) ? (
        <TaxTable {...{ total, taxes, nameOf }} />
      ) : (
        <p data-testid="report-tax-none">
          {text("tax-sums.none")} <span className="reports-soft">{text("tax-sums.none.next")}</span>
        </p>
      )}
    </section>
  );
}

function TaxTable({ total, taxes, nameOf }: Shown) {
  const text = useReportsText();
  const restFen = noTaxRecordedFen(total, taxes);
  return (
    <Scrolled className="reports-table-frame" label={text("tax-sums")}>
      <table className="reports-table">
        <thead>
          <tr>
            <th scope="col">{text("col.tax")}</th>
            <th scope="col">{text("col.tax-net")}</th>
            <th scope="col">{text("col.tax-tax")}</th>
            <th scope="col">{text("col.tax-gross")}</th>
          </tr>
        </thead>
        <tbody>
          {taxes
            .filter((one) => hasTaxRecorded([one]))
            .map((one) => (
              <tr key={one.key} data-testid="report-tax" data-key={one.key}>
                <th scope="row">{nameOf(one.key)}</th>
                <Cells tax={classTaxOf(one)} />
              </tr>
            ))}
        </tbody>
        <tfoot>
          <tr data-testid="report-tax-all">
            <th scope="row">{text("tax-all")}</th>
            <Cells tax={sumOfTaxes(taxes)} />
          </tr>
          {restFen !== 0 && (
            <tr data-testid="report-tax-rest">
              <th scope="row" colSpan={3} className="reports-soft">
                {text("tax-none")}
              </th>
              <td className="figures">{plainMoney(restFen)}</td>
            </tr>
          )}
        </tfoot>
      </table>
    </Scrolled>
  );
}

function Cells({ tax: { netFen, taxFen, grossFen } }: { readonly tax: ClassTax }) {
  return (
    <>
      <td className="figures">{plainMoney(netFen)}</td>
      <td className="figures">
        <strong>{plainMoney(taxFen)}</strong>
      </td>
      <td className="figures">{plainMoney(grossFen)}</td>
    </>
  );
}
