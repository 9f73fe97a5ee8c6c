import { useState } from "react";
import type { DayView } from "#contract/ipc/manager-view.ts";
import { zeroFen, type Fen } from "#core/money/fen.ts";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { formatMoney, formatPlainMoney } from "../../i18n/formats.ts";
import { useManagerText } from "./manager-texts.ts";

/** Hours a shop is open at least: an early day does not look like a full one. */
const usualFirst = 8;
const usualLast = 21;

/** Sales by hour as bars, and the table that says them exactly: beside each other for eyes, in turn for small screens. */
export function HoursCard({ day }: { readonly day: DayView }) {
  const text = useManagerText();
  const [shown, setShown] = useState<"chart" | "table">("chart");
  const hours = hoursOf(day);
  return (
    <section className="manager-card manager-hours">
      <header className="manager-card-head">
        <h2>{text("hours")}</h2>
        <fieldset className="manager-choice" aria-label={text("hours")}>
          {(["chart", "table"] as const).map((one) => (
            <button key={one} type="button" aria-pressed={one === shown} onClick={() => setShown(one)}>
              {text(`hours.${one}`)}
            </button>
          ))}
        </fieldset>
      </header>
      {day.saleCount === 0 ? (
        <p className="manager-soft manager-none">{text("none")}</p>
      ) : shown === "chart" ? (
        <HourBars hours={hours} />
      ) : (
        <HourTable day={day} />
      )}
    </section>
  );
}

interface Hour {
  readonly hour: number;
  readonly saleCount: number;
  readonly salesFen: Fen;
}

/** Bars are as high as their share of the busiest hour; numbers stand above them in whole yuan where there is room. */
function HourBars({ hours }: { readonly hours: readonly Hour[] }) {
  const text = useManagerText();
  const busiest = hours.reduce((best, hour) => (hour.salesFen > best.salesFen ? hour : best));
  const withSales = hours.filter((hour) => hour.saleCount > 0).length;
  const summary = text("hours.summary", {
    count: withSales,
    hour: busiest.hour,
    amount: formatMoney(busiest.salesFen),
  });
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- bars drawn by boxes are no <img>
    <div className="manager-bars" role="img" aria-label={summary}>
      {hours.map(({ hour, salesFen }) => (
        <div key={hour} className="manager-hour" title={formatMoney(salesFen)}>
          <div className="manager-hour-space">
            {salesFen > 0 && (
              <span className="figures manager-hour-amount">{formatPlainMoney(salesFen).split(".")[0]}</span>
            )}
            <i
              className={hour === busiest.hour ? "manager-hour-busiest" : ""}
              style={{ flexBasis: `calc((100% - 22px) * ${shareOfMost(salesFen, busiest.salesFen)})` }}
            />
          </div>
          <span className="figures">{hour}</span>
        </div>
      ))}
    </div>
  );
}

function HourTable({ day }: { readonly day: DayView }) {
  const text = useManagerText();
  return (
    // Scrolled by keys too, so it can take the focus.
    <Scrolled className="manager-hour-table" label={text("hours")}>
      <table className="manager-table">
        <thead>
          <tr>
            <th scope="col">{text("hours.hour")}</th>
            <th scope="col">{text("count")}</th>
            <th scope="col">{text("sales")}</th>
          </tr>
        </thead>
        <tbody>
          {day.byHour.map(({ hour, saleCount, salesFen }) => (
            <tr key={hour}>
              <th scope="row" className="figures">{`${hour}:00–${hour + 1}:00`}</th>
              <td className="figures">{saleCount}</td>
              <td className="figures">{formatMoney(salesFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

/** Every hour from opening to closing, those without a sale too: a gap is something to see. */
function hoursOf({ byHour }: DayView): readonly Hour[] {
  const known = new Map(byHour.map((row) => [row.hour, row]));
  const first = Math.min(usualFirst, ...known.keys());
  const last = Math.max(usualLast, ...known.keys());
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const hour = first + index;
    return known.get(hour) ?? { hour, saleCount: 0, salesFen: zeroFen };
  });
}

/** For the eye only: a height, never an amount. */
function shareOfMost(part: number, most: number): number {
  return most === 0 ? 0 : part / most;
}
