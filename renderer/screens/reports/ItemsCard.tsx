import { useState } from "react";
import type { DayRange, ItemSums } from "#contract/reports/report.ts";
import { milli } from "#core/quantity/quantity.ts";
import { formatQuantity } from "#core/quantity/text.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import type { Sums } from "#core/report/shares.ts";
import { useReportsText } from "./reports-texts.ts";
import { RefundCell, RestRow } from "./SumsTable.tsx";
import { countText, plainMoney } from "./sum-words.ts";
import type { Behind } from "./use-behind.ts";
import { useItems } from "./use-report.ts";

/** How many are asked for, in turn. */
const steps = [10, 50, 200, 500] as const;

interface Shown {
  readonly total: Sums;
  /** Money that went back and was of no goods. */
  readonly restFen: number;
  readonly onBehind: (behind: Behind) => void;
}

/** What sold best, by money or by pieces. */
export function ItemsCard({ range, ...shown }: Shown & { readonly range: DayRange }) {
  const text = useReportsText();
  const [by, setBy] = useState<"net" | "quantity">("net");
  const [step, setStep] = useState(0);
  const limit = steps[step] ?? steps[0];
  const items = useItems(range, by, limit);
  return (
    <section className="reports-card" aria-label={text("items")} data-testid="report-items">
      <header className="reports-card-head">
        <h2>{text("items")}</h2>
        <fieldset className="reports-choice" aria-label={text("show")}>
          {(["net", "quantity"] as const).map((one) => (
            <button key={one} type="button" aria-pressed={one === by} onClick={() => setBy(one)}>
              {text(`items.${one}`)}
            </button>
          ))}
        </fieldset>
      </header>
      {items !== null && <ItemsTable {...shown} items={items} />}
      {items !== null && items.length === limit && step < steps.length - 1 && (
        <Press className="reports-more" onClick={() => setStep(step + 1)}>
          {text("items.more")}
        </Press>
      )}
    </section>
  );
}

function ItemsTable({ items, total, restFen, onBehind }: Shown & { readonly items: readonly ItemSums[] }) {
  const text = useReportsText();
  const locale = useLocale();
  const hasRefunds = total.refundFen > 0;
  const nameOf = (item: ItemSums): string =>
    (locale === "en" ? item.nameEn || item.nameZh : item.nameZh || item.nameEn) || item.key || text("no-item");
  return (
    <Scrolled className="reports-table-frame" label={text("items")}>
      <table className="reports-table">
        <thead>
          <tr>
            <th scope="col">{text("col.item")}</th>
            <th scope="col">{text("col.count")}</th>
            <th scope="col">{text("col.quantity")}</th>
            <th scope="col">{text("net")}</th>
            {hasRefunds && <th scope="col">{text("refunds")}</th>}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.key} data-testid="report-item" data-key={item.key}>
              <th scope="row">
                <button
                  type="button"
                  className="reports-open"
                  onClick={() => onBehind({ of: "sales", pick: { by: "item", key: item.key }, name: nameOf(item) })}
                >
                  {nameOf(item)}
                </button>
              </th>
              <td className="figures">{countText(item.saleCount)}</td>
              <td className="figures">{quantityOf(item)}</td>
              <td className="figures reports-amount">{plainMoney(item.netFen)}</td>
              {hasRefunds && <RefundCell refundFen={item.refundFen} />}
            </tr>
          ))}
        </tbody>
        {hasRefunds && restFen > 0 && <RestRow restFen={restFen} columns={4} />}
      </table>
    </Scrolled>
  );
}

/** Kilograms of what is weighed, as long as one quantity can say them; else pieces. */
function quantityOf({ unit, quantityMilli, pieceCount }: ItemSums): string {
  const mostOfOne = 99_999_000;
  return unit === "kg" && quantityMilli <= mostOfOne
    ? `${formatQuantity(milli(quantityMilli), "kg")} kg`
    : countText(pieceCount);
}
