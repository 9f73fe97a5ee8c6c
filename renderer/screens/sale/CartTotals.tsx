import type { SaleView } from "#contract/ipc/till-view.ts";
import { addFen, negateFen, subtractFen, zeroFen } from "#core/money/fen.ts";
import { formatMoney, formatPlainMoney } from "../../i18n/formats.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { Money } from "../../parts/Money.tsx";
import { cartDue } from "../returns/exchange-due.ts";
import { useReturnText } from "../returns/return-texts.ts";
import { SaleSavings } from "../pricing/SaleSavings.tsx";
import { MemberChip } from "../members/MemberChip.tsx";
import { useMembersText } from "../members/members-texts.ts";
import { EntryChip } from "./EntryChip.tsx";

/** Always in the same place, also for an empty cart: pieces, what came off, and the total. */
export function CartTotals({ sale }: { readonly sale: SaleView }) {
  const text = useTillText();
  const returns = useReturnText();
  const due = cartDue(sale);
  const members = useMembersText();
  // Points have their own word.
  const grantedFen = subtractFen(sale.saleDiscountFen, sale.member?.spentFen ?? zeroFen);
  const discountFen = addFen(sale.lineDiscountFen, grantedFen);
  return (
    <footer className="cart-totals">
      <div className="cart-totals-parts">
        <span className="figures" data-testid="piece-count">
          {text("cart.pieces", { count: sale.pieceCount })}
        </span>
        {sale.exchange !== undefined && (
          <span className="figures" data-testid="exchange-sums">
            {returns("cart.new-goods", { amount: formatMoney(sale.totalFen) })}{" "}
            {returns("cart.credit", { amount: formatMoney(negateFen(sale.exchange.amountFen)) })}
          </span>
        )}
        <MemberChip member={sale.member} />
        <SaleSavings sale={sale} />
        {(sale.member?.spent ?? 0) > 0 && (
          <span data-testid="points-spent">
            {members("chip.spent")}{" "}
            <span className="figures">{formatPlainMoney(negateFen(sale.member?.spentFen ?? zeroFen))}</span>
          </span>
        )}
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
        <span className="cart-total-label">
          {due.kind === "sale"
            ? text("cart.total")
            : returns(due.kind === "credit" ? "cart.credit-left" : `cart.${due.kind}`)}
        </span>
        <output className="cart-total" data-testid="total" data-fen={due.amountFen} aria-live="off">
          <Money fen={due.amountFen} />
        </output>
      </div>
    </footer>
  );
}
