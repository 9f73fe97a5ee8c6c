import { IconKeyboard, IconMinus, IconPlus, IconScale } from "@tabler/icons-react";
import { memo } from "react";
import type { LineView } from "#contract/ipc/till-view.ts";
import { negateFen } from "#core/money/fen.ts";
import { formatAmountOf, formatMoney, formatPlainMoney } from "../../i18n/formats.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { useTillText, type TillText } from "../../i18n/till-texts.ts";
import { LineSavings } from "../pricing/LineSavings.tsx";
import { packFacts } from "./pack-words.ts";
import { changeQuantity, selectLine } from "./sale-desk.ts";

/**
 * One line of the cart. Tapping it makes it the current one, which carries its own − and +. Drawn again only when the
 * line itself, its place or its mark has changed.
 */
export const CartLine = memo(function CartLine(props: {
  readonly line: LineView;
  /** Pixels from the top of the list. */
  readonly top: number;
  /** In pixels. */
  readonly height: number;
  readonly isCurrent: boolean;
  /** Whether its last scan was an odd one: the tint says that there was another. */
  readonly isOdd: boolean;
}) {
  const { line, top, height, isCurrent, isOdd } = props;
  const locale = useLocale();
  const text = useTillText();
  const name = localName(line, locale);
  const quantity = formatAmountOf(line.quantity, line.unit);
  const hasSteps = isCurrent && line.unit === "piece" && !line.isQuantityFixed;
  return (
    <div
      role="listitem"
      className={`cart-line ${isCurrent ? "cart-line-current" : ""} ${isCurrent && isOdd ? "cart-line-odd" : ""}`}
      style={{ height, transform: `translateY(${top}px)` }}
      data-testid="cart-line"
      data-line-id={line.lineId}
      data-current={isCurrent}
      aria-keyshortcuts="ArrowUp ArrowDown"
      onMouseDown={() => {
        if (!isCurrent) selectLine(line.lineId);
      }}
    >
      <div className="cart-line-row">
        <span className="visually-hidden">
          {text("cart.line", { number: line.number, name, quantity, amount: formatPlainMoney(line.amountFen) })}
        </span>
        <span className="cart-line-number figures" aria-hidden>
          {line.number}
        </span>
        <span className="cart-line-name" aria-hidden>
          {name}
        </span>
        <LineQuantity line={line} quantity={quantity} hasSteps={hasSteps} text={text} />
        <span className="cart-line-amount figures" data-testid="line-amount" aria-hidden>
          {formatPlainMoney(line.grossFen)}
        </span>
      </div>
      {line.pack !== undefined && <LinePack pack={line.pack} text={text} />}
      {line.discountFen !== 0 && <LineDiscount line={line} text={text} />}
      <LineSavings line={line} />
    </div>
  );
});

function LineQuantity(props: {
  readonly line: LineView;
  readonly quantity: string;
  readonly hasSteps: boolean;
  readonly text: TillText;
}) {
  const { line, quantity, hasSteps, text } = props;
  const price = formatMoney(line.unitPriceFen);
  const showsPrice = line.unit === "kg" || line.quantity !== 1000;
  return (
    <span className="cart-line-quantity">
      {hasSteps && (
        <button
          type="button"
          className="cart-step"
          aria-label={text("cart.less")}
          aria-keyshortcuts="-"
          onClick={() => void changeQuantity(-1)}
        >
          <IconMinus size={22} aria-hidden />
        </button>
      )}
      <span className="cart-line-count figures" data-testid="line-quantity" aria-hidden>
        <span>
          {(line.source === "weighed-label" || line.weighing?.by === "scale") && <IconScale size={16} aria-hidden />}
          {line.weighing?.by === "typed" && <IconKeyboard size={16} aria-hidden />}
          {quantity}
        </span>
        {showsPrice && <small>{line.unit === "kg" ? text("cart.per-kg", { price }) : price}</small>}
      </span>
      {hasSteps && (
        <button
          type="button"
          className="cart-step"
          aria-label={text("cart.more")}
          aria-keyshortcuts="Plus"
          onClick={() => void changeQuantity(1)}
        >
          <IconPlus size={22} aria-hidden />
        </button>
      )}
    </span>
  );
}

function LinePack({ pack, text }: { readonly pack: NonNullable<LineView["pack"]>; readonly text: TillText }) {
  const facts = packFacts(pack, text).join(" · ");
  return (
    <div className="cart-line-pack" data-testid="line-pack" data-state={pack.state}>
      {pack.state !== "good" && <strong>{text(`pack.${pack.state}`)}</strong>}
      <span>{facts}</span>
    </div>
  );
}

function LineDiscount({ line, text }: { readonly line: LineView; readonly text: TillText }) {
  return (
    <div className="cart-line-discount">
      <span>
        {text("cart.line-discount")}
        {line.discount?.kind === "percent" &&
          ` ${text("cart.percent-off", { percent: percentText(line.discount.basisPoints) })}`}
      </span>
      <span className="figures">{formatPlainMoney(negateFen(line.discountFen))}</span>
    </div>
  );
}

/** 1000 basis points are "10", 1250 are "12.5". */
export function percentText(basisPoints: number): string {
  const hundredths = String(basisPoints % 100).padStart(2, "0");
  return `${Math.floor(basisPoints / 100)}.${hundredths}`.replace(/\.?0+$/, "");
}
