import type { Locale } from "#contract/config/terminal.ts";
import type { LineView, SavingView } from "#contract/ipc/till-view.ts";
import { negateFen } from "#core/money/fen.ts";
import { formatMoney, formatPlainMoney } from "../../i18n/formats.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { useMembersText } from "../members/members-texts.ts";

/** Why a line costs what it costs: that it was typed, the price it had, and each promotion by its name with what it saves. */
export function LineSavings({ line }: { readonly line: LineView }) {
  const text = useTillText();
  const locale = useLocale();
  const members = useMembersText();
  return (
    <>
      {line.isTypedPrice === true && (
        <div className="cart-line-pack" data-testid="line-typed-price">
          <span>{text("cart.typed-price", { price: formatMoney(line.unitPriceFen) })}</span>
        </div>
      )}
      {line.overrides !== undefined && (
        <div className="cart-line-pack" data-testid="line-was">
          <span>{text("cart.was", { price: formatMoney(line.overrides.fromFen), reason: line.overrides.reason })}</span>
        </div>
      )}
      {(line.promotions ?? []).map((saving) => (
        <div key={saving.nameZh} className="cart-line-discount" data-testid="line-promotion">
          <span>
            {isSaid(saving, members("price"), locale) ? "" : `${members("price")} · `}
            {localName(saving, locale)}
          </span>
          <span className="figures">{formatPlainMoney(negateFen(saving.savedFen))}</span>
        </div>
      ))}
    </>
  );
}

/** Nothing says twice that a price is a member's. */
function isSaid(saving: SavingView, words: string, locale: Locale): boolean {
  return saving.isMemberOnly !== true || localName(saving, locale).includes(words);
}

/** How many rows it takes below the line. */
export function savingRowsOf({ overrides, promotions, isTypedPrice }: LineView): number {
  return (isTypedPrice === true ? 1 : 0) + (overrides === undefined ? 0 : 1) + (promotions?.length ?? 0);
}
