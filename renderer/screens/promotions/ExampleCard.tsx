import type { ItemView } from "#contract/ipc/manager-view.ts";
import { negateFen } from "#core/money/fen.ts";
import type { Promotion } from "#core/promotion/promotion.ts";
import { formatAmountOf, formatMoney, formatPlainMoney } from "../../i18n/formats.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { exampleOf } from "./example.ts";
import { usePromotionsText } from "./promotions-texts.ts";

/** What the promotion as it is written now does to a basket of its goods. */
export function ExampleCard(props: { readonly promotion: Promotion | null; readonly items: readonly ItemView[] }) {
  const { promotion, items } = props;
  const text = usePromotionsText();
  const locale = useLocale();
  const example = promotion === null ? null : exampleOf(promotion, items);
  return (
    <section className="promotion-example" data-testid="promotion-example" data-saved={example?.savedFen ?? 0}>
      <h2>{text("example")}</h2>
      {example === null ? (
        <p className="manager-soft">{text("example.none")}</p>
      ) : (
        <>
          <table className="promotion-example-lines figures">
            <tbody>
              {example.lines.map(({ item, quantity, grossFen, savedFen }) => (
                <tr key={item.sku}>
                  <th scope="row">
                    {localName(item, locale)}{" "}
                    <span className="manager-soft">{formatAmountOf(quantity, item.unit)}</span>
                  </th>
                  <td>
                    {formatPlainMoney(grossFen)}
                    {savedFen > 0 && <small>{formatPlainMoney(negateFen(savedFen))}</small>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="promotion-example-total figures">
            <s>{formatMoney(example.grossFen)}</s>
            <strong>{formatMoney(example.totalFen)}</strong>
          </p>
          <p>
            {example.savedFen === 0
              ? text("example.nothing")
              : text("example.saved", { amount: formatMoney(example.savedFen) })}
          </p>
        </>
      )}
    </section>
  );
}
