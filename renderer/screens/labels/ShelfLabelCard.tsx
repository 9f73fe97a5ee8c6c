import type { Locale } from "#contract/config/terminal.ts";
import { barsFor } from "#core/label/label-code.ts";
import type { ShelfLabel } from "#core/label/shelf-label.ts";
import type { Fen } from "#core/money/fen.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { CodeSymbol } from "../../paper/CodeSymbol.tsx";
import { barcodeSymbol } from "../../paper/symbol.ts";
import { nameOf } from "../goods/names.ts";
import type { labelsTextOf } from "./labels-texts.ts";

/** White on either side without which scanners miss the first bar, in modules. */
const quietModules = 10;

/** Of a price that is shown as large as it gets: `¥123`, or `¥9` and `/kg`. */
const mostLargeSigns = 5;

interface CardProps {
  readonly label: ShelfLabel;
  readonly locale: Locale;
  readonly text: ReturnType<typeof labelsTextOf>;
}

/** One label of 70 × 37 mm: black on white, the price readable from the other side of the aisle. */
export function ShelfLabelCard({ label, locale, text }: CardProps) {
  const { offer, memberPriceFen, unitPrice, priceFen } = label;
  const per = label.unit === "kg" ? text("per-kg") : "";
  return (
    <div className="shelf-label">
      <div className="shelf-name">{nameOf(label, locale)}</div>
      {offer !== null && (
        <div className="shelf-offer">
          <b>{text("sheet.offer")}</b> {nameOf(offer, locale)}
          {offer.lastDay !== null && ` ${text("sheet.until")} ${offer.lastDay}`}
        </div>
      )}
      <div className="shelf-code">
        <LabelBars barcode={label.barcode} />
        <span className="figures">{label.sku}</span>
      </div>
      <div className="shelf-prices">
        <LargePrice priceFen={offer?.priceFen ?? priceFen} per={per} />
        {offer?.priceFen != null && (
          <span className="figures">
            {text("sheet.regular")} {formatMoney(priceFen)}
          </span>
        )}
        {memberPriceFen !== null && (
          <b className="shelf-member figures">
            {text("sheet.member")} {formatMoney(memberPriceFen)}
          </b>
        )}
        {unitPrice !== null && (
          <span className="figures">
            {text(`sheet.${unitPrice.per}`)} {formatMoney(unitPrice.priceFen)}
          </span>
        )}
      </div>
    </div>
  );
}

/** Yuan large, fen behind them: the eye takes the first. */
function LargePrice({ priceFen, per }: { readonly priceFen: Fen; readonly per: string }) {
  const [yuan = "", fenDigits = ""] = formatMoney(priceFen).split(".");
  return (
    <strong className="shelf-price figures" data-long={yuan.length + per.length > mostLargeSigns}>
      {yuan}
      <small>
        .{fenDigits}
        {per}
      </small>
    </strong>
  );
}

function LabelBars({ barcode }: { readonly barcode: string | null }) {
  if (barcode === null) return null;
  const symbol = barcodeSymbol(barsFor(barcode), barcode);
  return (
    <>
      {symbol !== null && (
        <CodeSymbol symbol={symbol} quiet={quietModules} label={barcode} className="shelf-bars" testId="shelf-bars" />
      )}
      <span className="figures">{barcode}</span>
    </>
  );
}
