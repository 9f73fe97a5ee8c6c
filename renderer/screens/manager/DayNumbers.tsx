import type { DayView } from "#contract/ipc/manager-view.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { divideHalfUp } from "#core/money/rounding.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useManagerText, type ManagerKey } from "./manager-texts.ts";

/** The day in four numbers, each with the day before below it. */
export function DayNumbers({ day, before }: { readonly day: DayView; readonly before: DayView | null }) {
  return (
    <section className="manager-numbers">
      <BigNumber name="sales" testId="day-sales-total" of={(one) => formatMoney(one.salesFen)} {...{ day, before }} />
      <BigNumber name="count" testId="day-sales-count" of={(one) => String(one.saleCount)} {...{ day, before }} />
      <BigNumber name="average" testId="day-average" of={(one) => formatMoney(averageFen(one))} {...{ day, before }} />
      <BigNumber
        name="discounts"
        testId="day-discounts"
        of={(one) => formatMoney(one.discountFen)}
        {...{ day, before }}
      />
    </section>
  );
}

function BigNumber(props: {
  readonly name: ManagerKey;
  readonly testId: string;
  readonly of: (day: DayView) => string;
  readonly day: DayView;
  readonly before: DayView | null;
}) {
  const { name, testId, of, day, before } = props;
  const text = useManagerText();
  return (
    <div className="manager-card manager-number">
      <span className="manager-label">{text(name)}</span>
      <strong className="figures" data-testid={testId}>
        {of(day)}
      </strong>
      <span className="figures manager-soft">{before === null ? "" : text("before", { value: of(before) })}</span>
    </div>
  );
}

/** Half up to the fen; zero on a day without sales. */
function averageFen(day: DayView): Fen {
  return day.saleCount === 0 ? fen(0) : fen(divideHalfUp(day.salesFen, day.saleCount));
}
