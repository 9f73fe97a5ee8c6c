import "./returns.css";
import { IconArrowsExchange, IconX } from "@tabler/icons-react";
import type { SaleView } from "#contract/ipc/till-view.ts";
import { negateFen } from "#core/money/fen.ts";
import { formatAmountOf, formatPlainMoney } from "../../i18n/formats.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { act } from "../../till/desk.ts";
import { useReturnText } from "./return-texts.ts";

/** Goods that came back, as negative lines below the new ones. */
export function ExchangeStrip({ sale }: { readonly sale: SaleView }) {
  const text = useReturnText();
  const locale = useLocale();
  const { exchange } = sale;
  if (exchange === undefined) return null;
  return (
    <section className="exchange" aria-label={text("exchange")} data-testid="exchange">
      <header>
        <strong>
          <IconArrowsExchange size={22} aria-hidden />
          {exchange.saleNumber === null ? text("cart.loose") : text("cart.title", { number: exchange.saleNumber })}
        </strong>
        <Press tone="quiet" data-testid="exchange-drop" onClick={() => void act("drop-exchange", {})}>
          <IconX size={20} aria-hidden />
          {text("cart.drop")}
        </Press>
      </header>
      <ul>
        {exchange.lines.map((line) => (
          <li key={line.lineNumber} data-testid="exchange-line">
            <span>{localName(line, locale)}</span>
            <span className="figures">{formatAmountOf(line.quantity, line.unit)}</span>
            <span className="figures">{formatPlainMoney(negateFen(line.worthFen))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
