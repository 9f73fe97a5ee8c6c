import { IconHelpCircleFilled, IconShieldCheck } from "@tabler/icons-react";
import type { OtherSaleView } from "#contract/ipc/refund-view.ts";
import { milli } from "#core/quantity/quantity.ts";
import { formatQuantity } from "#core/quantity/text.ts";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { useCommonText } from "../../i18n/common-texts.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { useManagerText } from "../manager/manager-texts.ts";
import { RefundList } from "./RefundList.tsx";

/** What is known of another till's sale, and by whose word. */
export function OtherSaleFacts({ sale, onChanged }: { readonly sale: OtherSaleView; readonly onChanged: () => void }) {
  const text = useManagerText();
  const isByPaper = sale.toldBy === "receipt";
  const Icon = isByPaper ? IconHelpCircleFilled : IconShieldCheck;
  const isNothingLeft = sale.refundable.every(({ remainingFen }) => remainingFen === 0);
  return (
    <div className="other-sale">
      <p className={`other-told other-told-${sale.toldBy}`} data-testid="other-told" data-by={sale.toldBy}>
        <Icon size={24} aria-hidden />
        <span>{text(`other.told.${sale.toldBy}`)}</span>
      </p>
      <div className="other-columns">
        <OtherGoods sale={sale} />
        <div className="other-money">
          <p className="other-total">
            <span>{text("other.sold", { date: sale.businessDate })}</span>
            <strong className="figures">{formatMoney(sale.totalFen)}</strong>
          </p>
          <OtherWays sale={sale} />
          {isNothingLeft && <p role="status">{text("other.nothing-left")}</p>}
          {sale.elsewhere.length > 0 && (
            <section className="refunds" aria-label={text("other.elsewhere")} data-testid="other-elsewhere">
              <h3>{text("other.elsewhere")}</h3>
              <ul>
                {sale.elsewhere.map(({ terminalId, amountFen, atMs }) => (
                  <li key={`${terminalId} ${atMs} ${amountFen}`} className="figures">
                    {text("other.elsewhere.one", { till: terminalId, amount: formatMoney(amountFen) })}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {sale.refunds.length > 0 && (
            <RefundList label={text("refunds")} refunds={sale.refunds} onChanged={onChanged} />
          )}
        </div>
      </div>
    </div>
  );
}

function OtherGoods({ sale }: { readonly sale: OtherSaleView }) {
  const text = useManagerText();
  const locale = useLocale();
  return (
    <Scrolled className="other-goods" label={text("other.goods")}>
      <h3>{text("other.goods")}</h3>
      {sale.lines.length === 0 && <p>{text("other.no-goods")}</p>}
      <ul>
        {sale.lines.map((line, index) => (
          // A line has no name of its own, and the list never changes its order.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            <span>{localName(line, locale)}</span>
            <span className="figures">
              {formatQuantity(milli(line.quantity), line.unit)}
              {line.unit === "kg" ? " kg" : ""}
            </span>
            <span className="figures">{formatMoney(line.netFen)}</span>
          </li>
        ))}
      </ul>
    </Scrolled>
  );
}

/** What was paid how, and how much of it may still go back. */
function OtherWays({ sale }: { readonly sale: OtherSaleView }) {
  const text = useManagerText();
  const common = useCommonText();
  return (
    <ul className="other-ways">
      {sale.refundable.map(({ tenderId, kind, paidFen, remainingFen }) => (
        <li key={tenderId}>
          <i className={`manager-dot manager-tender-${kind}`} aria-hidden="true" />
          <span>
            {common(`tender.${kind}`)}
            <small className="figures">{text("refund.remaining", { amount: formatMoney(remainingFen) })}</small>
          </span>
          <strong className="figures">{formatMoney(paidFen)}</strong>
        </li>
      ))}
    </ul>
  );
}
