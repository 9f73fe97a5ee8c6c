import { IconAlertTriangle } from "@tabler/icons-react";
import type { CountView, TakeView } from "#contract/ipc/stock-intents.ts";
import { fen } from "#core/money/fen.ts";
import { levelText } from "#core/stock/stock-level.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { useStockText } from "./stock-texts.ts";
import { useAnswer } from "./use-answer.ts";

/** What differs, by what it is worth; read before it is booked, and kept as it was booked. */
export function Differences(props: {
  readonly take: TakeView;
  /** Null where it is booked: nothing is counted any more. */
  readonly onAgain: ((item: CountView) => void) | null;
}) {
  const { take, onAgain } = props;
  const text = useStockText();
  const { value } = useAnswer("take-differences", { takeId: take.takeId }, `${take.state} ${take.countedItems}`);
  if (value === null) return <div className="stock-frame" />;
  return (
    <>
      <dl className="stock-sums" data-testid="take-sums" data-loss={value.lossFen} data-gain={value.gainFen}>
        <div>
          <dt>{text("take.loss")}</dt>
          <dd className="figures">{formatMoney(fen(value.lossFen))}</dd>
        </div>
        <div>
          <dt>{text("take.gain")}</dt>
          <dd className="figures">{formatMoney(fen(value.gainFen))}</dd>
        </div>
        <div>
          <dt>{text("take.equal")}</dt>
          <dd className="figures">{value.equalCount}</dd>
        </div>
        <div>
          <dt>{text("take.first")}</dt>
          <dd className="figures">{value.firstCount}</dd>
        </div>
      </dl>
      <Scrolled className="stock-frame" label={text("take.differences")}>
        {value.rows.length === 0 && <p className="stock-none">{text("take.no-differences")}</p>}
        <ol>
          {value.rows.map((row) => (
            <li key={row.sku}>
              <Difference row={row} onAgain={onAgain} />
            </li>
          ))}
        </ol>
      </Scrolled>
    </>
  );
}

function Difference({
  row,
  onAgain,
}: {
  readonly row: CountView;
  readonly onAgain: ((item: CountView) => void) | null;
}) {
  const text = useStockText();
  const locale = useLocale();
  const level = (milli: number): string => levelText(milli, row.unit).replace("-", "\u2212");
  const sign = row.differenceMilli > 0 ? "+" : "";
  return (
    <div className="stock-count" data-testid="difference" data-sku={row.sku} data-difference={row.differenceMilli}>
      <span className="stock-row-name">
        {localName(row, locale)}
        <span className="stock-soft figures">
          {" "}
          {text("take.books", {
            books: row.bookMilli === null ? "?" : level(row.bookMilli),
            counted: level(row.countedMilli),
          })}
        </span>
        {row.isUnsure && (
          <span className="stock-unsure">
            <IconAlertTriangle size={16} aria-hidden />
            {text("take.unsure")}
          </span>
        )}
      </span>
      <strong className="figures">{`${sign}${level(row.differenceMilli)}`}</strong>
      <span className="figures stock-worth">{formatMoney(fen(row.worthFen))}</span>
      {onAgain !== null && (
        <Press data-testid="difference-again" onClick={() => onAgain(row)}>
          {text("take.again")}
        </Press>
      )}
    </div>
  );
}
