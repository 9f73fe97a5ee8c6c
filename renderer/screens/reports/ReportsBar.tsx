import {
  IconArrowLeft,
  IconChevronLeft,
  IconChevronRight,
  IconFileSpreadsheet,
  IconPrinter,
} from "@tabler/icons-react";
import type { DayRange } from "#contract/reports/report.ts";
import { DayField } from "../../parts/DayField.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { useFromSection } from "../../till-client.ts";
import { presetOf, presets, rangeOf, shifted } from "./ranges.ts";
import { useReportsText } from "./reports-texts.ts";

/** The way back, which days are looked at, and what can be taken along. */
export function ReportsBar(props: {
  readonly range: DayRange | null;
  readonly today: string | null;
  readonly onRange: (range: DayRange | null) => void;
  readonly onExport: (format: "csv" | "xlsx") => void;
  readonly onPrint: () => void;
  readonly onLeave: () => void;
}) {
  const { range, today, onRange, onExport, onPrint, onLeave } = props;
  const text = useReportsText();
  const isExporting = useFromSection("reports", ({ exportShare }) => exportShare !== null);
  return (
    <header className="reports-bar">
      <div className="reports-bar-row">
        <Press data-testid="reports-leave" onClick={onLeave}>
          <IconArrowLeft size={22} aria-hidden />
          {text("back")}
          <KeyCap>Esc</KeyCap>
        </Press>
        <h1>{text("title")}</h1>
        {(["csv", "xlsx"] as const).map((format) => (
          <Press key={format} data-testid={`export-${format}`} disabled={isExporting} onClick={() => onExport(format)}>
            <IconFileSpreadsheet size={22} aria-hidden />
            {text(`export.${format}`)}
          </Press>
        ))}
        <Press data-testid="print-report" onClick={onPrint}>
          <IconPrinter size={22} aria-hidden />
          {text("print")}
        </Press>
        <Press data-testid="print-page" onClick={() => window.print()}>
          <IconPrinter size={22} aria-hidden />
          {text("print.page")}
        </Press>
      </div>
      {today !== null && range !== null && <RangeRow {...{ range, today, onRange }} />}
    </header>
  );
}

function RangeRow(props: {
  readonly range: DayRange;
  readonly today: string;
  readonly onRange: (range: DayRange | null) => void;
}) {
  const { range, today, onRange } = props;
  const text = useReportsText();
  const preset = presetOf(range, today);
  const isWrong = range.from > range.to;
  return (
    <div className="reports-bar-row" role="group" aria-label={text("range")}>
      <fieldset className="reports-choice" aria-label={text("range")}>
        {presets.map((one) => (
          <button
            key={one}
            type="button"
            data-testid={`range-${one}`}
            aria-pressed={one === preset}
            onClick={() => onRange(one === "today" ? null : rangeOf(one, today))}
          >
            {text(`range.${one}`)}
          </button>
        ))}
      </fieldset>
      <div className="reports-dates">
        <Press aria-label={text("range.before")} data-testid="range-before" onClick={() => onRange(shifted(range, -1))}>
          <IconChevronLeft size={22} aria-hidden />
        </Press>
        {(["from", "to"] as const).map((end) => (
          <DayField
            key={end}
            {...{ label: text(end), day: range[end], max: today, isWrong, testId: `range-${end}` }}
            onDay={(day) => onRange({ ...range, [end]: day })}
          />
        ))}
        <Press
          aria-label={text("range.after")}
          data-testid="range-after"
          disabled={range.to >= today}
          onClick={() => onRange(shifted(range, 1))}
        >
          <IconChevronRight size={22} aria-hidden />
        </Press>
      </div>
    </div>
  );
}
