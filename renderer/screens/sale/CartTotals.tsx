import type { SaleView } from "#contract/ipc/till-view.ts";
import { addFen, negateFen } from "#core/money/fen.ts";
import { formatPlainMoney } from "../../i18n/formats.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { Money } from "../../parts/Money.tsx";
import { SaleSavings } from "../pricing/SaleSavings.tsx";
import { EntryChip } from "./EntryChip.tsx";

/** Always in the same place, also for an empty cart: pieces, what came off, and the total. */
export function CartTotals({ sale }: { readonly sale: SaleView }) {
  const text = useTillText();
  const discountFen = addFen(sale.lineDiscountFen, sale.saleDiscountFen);
  return (
    <footer className="cart-totals">
      <div className="cart-totals-parts">
        <span className="figures" data-testid="piece-count">
          {text("cart.pieces", { count: sale.pieceCount })}
        </span>
        <SaleSavings sale={sale} />
        {discountFen > 0 && (
          <span data-testid="discounts">
            {text("cart.discount")} <span className="figures">{formatPlainMoney(negateFen(discountFen))}</span>
          </span>
        )}
        {sale.roundingFen > 0 && (
          <span data-testid="rounding">
            {text("cart.rounding")} <span className="figures">{formatPlainMoney(negateFen(sale.roundingFen))}</span>
          </span>
        )}
      </div>
      <div className="cart-total-row">
        <EntryChip />
        <span className="cart-total-label">{text("cart.total")}</span>
        <output className="cart-total" data-testid="total" data-fen={sale.totalFen} aria-live="off">
          <Money fen={sale.totalFen} />
        </output>
      </div>
    </footer>
  );
}
