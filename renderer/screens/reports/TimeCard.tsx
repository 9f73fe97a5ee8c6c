import { useState } from "react";
import type { ReportView } from "#contract/ipc/report-intents.ts";
import type { NamedSums } from "#contract/reports/report.ts";
import { scaleHalfUp } from "#core/money/rounding.ts";
import { noSums } from "#core/report/shares.ts";
import { type ReportsKey, useReportsText } from "./reports-texts.ts";
import { SumsTable } from "./SumsTable.tsx";
import { money, plainMoney } from "./sum-words.ts";
import type { Behind } from "./use-behind.ts";

/** Hours a shop is open at least: an early day does not look like a full one. */
const usualFirst = 8;
const usualLast = 21;
/** Bars with room for their amounts above them, and for a name below each. */
const mostAmounts = 16;
const mostNames = 16;

interface Bar extends NamedSums {
  readonly name: string;
}

/** Sales over the day or over the days of the range, as bars and as the table behind them. */
export function TimeCard(props: {
  readonly report: ReportView;
  readonly by: "hour" | "date";
  readonly onBehind: (behind: Behind) => void;
}) {
  const { report, by, onBehind } = props;
  const { range, against } = report;
  const text = useReportsText();
  const [shown, setShown] = useState<"chart" | "table">("chart");
  const title: ReportsKey = by === "hour" ? "hours" : "dates";
  const bars = by === "hour" ? hourBars(range.byHour, against[1]?.byHour ?? []) : range.byDate.map(dateBar);
  const isDay = range.from === range.to;
  const last = by === "hour" && isDay ? hourLine(bars, against[1]?.byHour ?? []) : null;
  const open = (bar: Bar): void => {
    if (by === "hour") onBehind({ of: "sales", pick: { by: "hour", key: bar.key }, name: `${bar.key}:00` });
  };
  return (
    <section className="reports-card reports-time" aria-label={text(title)} data-testid={`report-${title}`}>
      <header className="reports-card-head">
        <h2>{text(title)}</h2>
        {last !== null && <span className="reports-legend">{text("chart.last")}</span>}
        <fieldset className="reports-choice" aria-label={text("show")}>
          {(["chart", "table"] as const).map((one) => (
            <button
              key={one}
              type="button"
              data-testid={`shown-${one}`}
              aria-pressed={one === shown}
              onClick={() => setShown(one)}
            >
              {text(one)}
            </button>
          ))}
        </fieldset>
      </header>
      {shown === "chart" ? (
        <Bars
          bars={bars}
          last={last}
          summary={summaryOf(bars, by, text)}
          {...(by === "hour" ? { onOpen: open } : {})}
        />
      ) : (
        <SumsTable
          head={by === "hour" ? "col.hour" : "col.date"}
          rows={bars}
          total={range.total}
          onOpen={by === "hour" ? open : null}
        />
      )}
      {/* On paper the table stands below its chart. */}
      <div className="reports-paper-only">
        <SumsTable head={by === "hour" ? "col.hour" : "col.date"} rows={bars} total={range.total} onOpen={null} />
      </div>
    </section>
  );
}

function Bars(props: {
  readonly bars: readonly Bar[];
  readonly last: readonly number[] | null;
  readonly summary: string;
  readonly onOpen?: (bar: Bar) => void;
}) {
  const { bars, last, summary, onOpen } = props;
  const most = Math.max(1, ...bars.map(({ netFen }) => netFen), ...(last ?? []));
  const every = Math.max(1, Math.ceil(bars.length / mostNames));
  return (
    <figure className="reports-bars" aria-label={summary}>
      {bars.map((bar, index) => {
        const inside = (
          <>
            <span className="reports-column-space">
              {bars.length <= mostAmounts && bar.netFen > 0 && (
                <span className="figures reports-column-amount">{plainMoney(bar.netFen).split(".")[0]}</span>
              )}
              <i
                style={{ height: `calc((100% - 22px) * ${heightOf(bar.netFen, most)} / 100)` }}
                className={bar.netFen === most ? "reports-most" : ""}
              />
            </span>
            <span className="figures reports-column-name">{index % every === 0 ? shortName(bar.name) : ""}</span>
          </>
        );
        const label = `${bar.name} ${money(bar.netFen)}`;
        return onOpen === undefined || bar.saleCount === 0 ? (
          <span key={bar.key} className="reports-column" title={label}>
            {inside}
          </span>
        ) : (
          <button
            key={bar.key}
            type="button"
            className="reports-column"
            title={label}
            aria-label={label}
            onClick={() => onOpen(bar)}
          >
            {inside}
          </button>
        );
      })}
      {last !== null && (
        <svg className="reports-line" viewBox={`0 0 ${last.length} 100`} preserveAspectRatio="none" aria-hidden="true">
          <polyline points={last.map((value, index) => `${index + 0.5},${100 - heightOf(value, most)}`).join(" ")} />
        </svg>
      )}
    </figure>
  );
}

/** Every hour from opening to closing, those without a sale too: a gap is something to see. */
function hourBars(byHour: readonly NamedSums[], before: readonly NamedSums[]): readonly Bar[] {
  const known = new Map(byHour.map((row) => [Number(row.key), row]));
  const hours = [...known.keys(), ...before.map(({ key }) => Number(key))];
  const first = Math.min(usualFirst, ...hours);
  const last = Math.max(usualLast, ...hours);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const key = String(first + index).padStart(2, "0");
    return { ...(known.get(first + index) ?? { ...noSums, key }), name: `${key}:00` };
  });
}

function hourLine(bars: readonly Bar[], before: readonly NamedSums[]): readonly number[] | null {
  if (before.every(({ netFen }) => netFen === 0)) return null;
  const known = new Map(before.map((row) => [row.key, row.netFen]));
  return bars.map(({ key }) => known.get(key) ?? 0);
}

function dateBar(row: NamedSums): Bar {
  return { ...row, name: row.key };
}

/** "9" of "09:00", "02" of "2026-03-02", "2026-03" as it is. */
function shortName(name: string): string {
  if (name.includes(":")) return String(Number(name.slice(0, 2)));
  return name.length === 10 ? name.slice(5) : name;
}

function summaryOf(bars: readonly Bar[], by: "hour" | "date", text: ReturnType<typeof useReportsText>): string {
  const [first] = bars;
  if (first === undefined) return text("none");
  const best = bars.reduce((most, bar) => (bar.netFen > most.netFen ? bar : most), first);
  const amount = money(best.netFen);
  return by === "hour"
    ? text("chart.hours", { hour: Number(best.key), amount })
    : text("chart.dates", { date: best.name, amount });
}

/** For the eye only: percents of the highest, never an amount. */
function heightOf(part: number, most: number): number {
  return Math.max(0, scaleHalfUp(part, 100, most));
}
