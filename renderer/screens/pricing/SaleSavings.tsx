import "./pricing.css";
import { IconTicket, IconX } from "@tabler/icons-react";
import type { SaleView } from "#contract/ipc/till-view.ts";
import { negateFen } from "#core/money/fen.ts";
import { formatPlainMoney } from "../../i18n/formats.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { act } from "../../till/desk.ts";

/** What promotions save on the whole sale, and its coupons; a coupon is taken out by a tap. */
export function SaleSavings({ sale }: { readonly sale: SaleView }) {
  const text = useTillText();
  const locale = useLocale();
  return (
    <>
      {sale.promotionFen !== undefined && (
        <span className="sale-saving" data-testid="promotions" data-fen={sale.promotionFen}>
          {sale.salePromotions?.length === 1 && sale.salePromotions[0]?.savedFen === sale.promotionFen
            ? localName(sale.salePromotions[0], locale)
            : text("cart.promotions")}{" "}
          <span className="figures">{formatPlainMoney(negateFen(sale.promotionFen))}</span>
        </span>
      )}
      {(sale.coupons ?? []).map((coupon) => {
        const name = localName(coupon, locale);
        return (
          <button
            key={coupon.code}
            type="button"
            className={coupon.isUsed ? "sale-coupon" : "sale-coupon sale-coupon-unused"}
            data-testid="sale-coupon"
            data-used={coupon.isUsed}
            aria-label={text("cart.coupon-remove", { name })}
            onClick={() => void act("remove-coupon", { code: coupon.code })}
          >
            <IconTicket size={18} aria-hidden />
            <span>{coupon.isUsed ? name : text("cart.coupon-unused", { name })}</span>
            <IconX size={16} aria-hidden />
          </button>
        );
      })}
    </>
  );
}
