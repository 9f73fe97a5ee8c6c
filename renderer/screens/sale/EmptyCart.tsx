import { IconBarcode } from "@tabler/icons-react";
import { formatClock, formatDay } from "../../i18n/formats.ts";
import { localName, useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { useNow } from "../../i18n/use-now.ts";
import { Money } from "../../parts/Money.tsx";
import { useReturnText } from "../returns/return-texts.ts";
import { useFromSection, useSection } from "../../till-client.ts";

/** Between two customers: the shop, the time, and the sales one may still be asked about. */
export function EmptyCart() {
  const text = useTillText();
  const place = useClockPlace();
  const shop = useSection("shop");
  const nowMs = useNow(1_000);
  const returns = useReturnText();
  const isExchange = useFromSection("sale", (sale) => sale.exchange !== undefined);
  return (
    <div className="cart-empty" data-testid="empty-cart">
      <div className="cart-empty-head">
        <p>{localName(shop, place.locale)}</p>
        <p className="cart-empty-clock figures">{formatClock(nowMs, place)}</p>
        <p>{formatDay(nowMs, place)}</p>
      </div>
      <div className="cart-empty-start">
        <IconBarcode size={56} stroke={1.5} aria-hidden />
        <strong>{isExchange ? returns("cart.scan-new") : text("cart.scan-to-start")}</strong>
        <span>{text("cart.or")}</span>
      </div>
      <LastSales />
    </div>
  );
}

function LastSales() {
  const text = useTillText();
  const place = useClockPlace();
  const lastSales = useSection("lastSales");
  if (lastSales.length === 0) return <p className="cart-last">{text("cart.no-sales")}</p>;
  return (
    <table className="cart-last" data-testid="last-sales">
      <caption>{text("cart.last-sales")}</caption>
      <tbody>
        {lastSales.slice(0, 3).map((sale) => (
          <tr key={sale.saleId}>
            <td className="figures">{formatClock(Date.parse(sale.completedAt), place)}</td>
            <td className="figures">{sale.saleNumber}</td>
            <td>
              {sale.changeFen > 0 && (
                <>
                  {text("payment.change")} <Money fen={sale.changeFen} />
                </>
              )}
            </td>
            <td>
              <Money fen={sale.totalFen} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
