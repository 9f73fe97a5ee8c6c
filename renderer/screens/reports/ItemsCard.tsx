import { useState } from "react";
import type { DayRange, ItemSums } from "#contract/reports/report.ts";
import { milli } from "#core/quantity/quantity.ts";
import { formatQuantity } from "#core/quantity/text.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { useReportsText } from "./reports-texts.ts";
import { countText, plainMoney } from "./sum-words.ts";
import type { Behind } from "./use-behind.ts";
import { useItems } from "./use-report.ts";

/** How many are asked for, in turn. */
const steps = [10, 50, 200, 500] as const;

/** What sold best, by money or by pieces. */
export function ItemsCard({
  range,
  onBehind,
}: {
  readonly range: DayRange;
  readonly onBehind: (behind: Behind) => void;
}) {
  const text = useReportsText();
  const locale = useLocale();
  const [by, setBy] = useState<"net" | "quantity">("net");
  const [step, setStep] = useState(0);
  const limit = steps[step] ?? steps[0];
  const items = useItems(range, by, limit);
  const nameOf = (item: ItemSums): string =>
    (locale === "en" ? item.nameEn || item.nameZh : item.nameZh || item.nameEn) || item.key || text("no-item");
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
      {items !== null && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keys too
        <div className="reports-table-frame" role="region" aria-label={text("items")} tabIndex={0}>
          <table className="reports-table">
            <thead>
              <tr>
                <th scope="col">{text("col.item")}</th>
                <th scope="col">{text("col.count")}</th>
                <th scope="col">{text("col.quantity")}</th>
                <th scope="col">{text("net")}</th>
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
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {items !== null && items.length === limit && step < steps.length - 1 && (
        <Press className="reports-more" onClick={() => setStep(step + 1)}>
          {text("items.more")}
        </Press>
      )}
    </section>
  );
}

/** Kilograms of what is weighed, as long as one quantity can say them; else pieces. */
function quantityOf({ unit, quantityMilli, pieceCount }: ItemSums): string {
  const mostOfOne = 99_999_000;
  return unit === "kg" && quantityMilli <= mostOfOne
    ? `${formatQuantity(milli(quantityMilli), "kg")} kg`
    : countText(pieceCount);
}
