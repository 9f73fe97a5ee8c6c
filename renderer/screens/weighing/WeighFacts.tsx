import type { WeighingView } from "#contract/ipc/weighing-view.ts";
import type { Fen } from "#core/money/fen.ts";
import { milli } from "#core/quantity/quantity.ts";
import { formatAmountOf, formatMoney, formatPlainMoney } from "../../i18n/formats.ts";
import { useTillText } from "../../i18n/till-texts.ts";

const none = "–";

/** Price, tare, what is sold, and for how much; each keeps its place while there is nothing to say. */
export function WeighFacts(props: {
  readonly weighing: WeighingView;
  readonly netGrams: number | null;
  readonly amountFen: Fen | null;
  readonly isStacked?: boolean;
}) {
  const { weighing, netGrams, amountFen, isStacked = false } = props;
  const text = useTillText();
  return (
    <dl className={isStacked ? "weigh-facts weigh-facts-stacked" : "weigh-facts"}>
      <div>
        <dt>{text("weigh.price")}</dt>
        <dd className="figures">{text("weigh.per-kg", { price: formatMoney(weighing.unitPriceFen) })}</dd>
      </div>
      <div>
        <dt>{text("weigh.tare")}</dt>
        <dd className="figures" data-testid="weigh-tare">
          {weighing.tareGrams === 0 ? none : formatAmountOf(milli(weighing.tareGrams), "kg")}
        </dd>
      </div>
      <div>
        <dt>{text("weigh.net")}</dt>
        <dd className="figures" data-testid="weigh-net">
          {netGrams === null ? none : formatAmountOf(milli(netGrams), "kg")}
        </dd>
      </div>
      <div className="weigh-amount">
        <dt>{text("weigh.amount")}</dt>
        <dd className="figures" data-testid="weigh-amount">
          {amountFen === null ? (
            none
          ) : (
            <>
              <span className="money-sign">¥</span>
              {formatPlainMoney(amountFen)}
            </>
          )}
        </dd>
      </div>
    </dl>
  );
}
