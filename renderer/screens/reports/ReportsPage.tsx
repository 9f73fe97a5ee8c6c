import "./reports.css";
import { useCallback, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { ReportView } from "#contract/ipc/report-intents.ts";
import type { DayRange } from "#contract/reports/report.ts";
import { refundsWithoutGoodsFen } from "#core/report/figures.ts";
import { namedTaxClass } from "#core/report/tax-class.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { useKeys } from "../../till/keys.ts";
import { send } from "../../till-client.ts";
import { useCategories } from "../search/use-items.ts";
import { BehindDialog } from "./BehindDialog.tsx";
import { BigNumbers } from "./BigNumbers.tsx";
import { ExportStrip } from "./ExportStrip.tsx";
import { ItemsCard } from "./ItemsCard.tsx";
import { ReportsBar } from "./ReportsBar.tsx";
import { useReportsText } from "./reports-texts.ts";
import { AlarmCards, StateCard } from "./StateCards.tsx";
import { SumsCard } from "./SumsCard.tsx";
import { TaxCard } from "./TaxCard.tsx";
import { TendersCard } from "./TendersCard.tsx";
import { TimeCard } from "./TimeCard.tsx";
import type { Behind } from "./use-behind.ts";
import { useReport } from "./use-report.ts";

/** The manager's reports of any range of business days. Main checks the role; the worker does the adding up. */
export function ReportsPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useReportsText();
  const tillText = useTillText();
  const place = useClockPlace();
  /** Null is today, whatever day that becomes. */
  const [wanted, setWanted] = useState<DayRange | null>(null);
  const [behind, setBehind] = useState<Behind | null>(null);
  const { report, fault: readFault } = useReport(wanted);
  const { said, fault, exportIt, print, repair } = useActs();
  const range = wanted ?? (report === null ? null : { from: report.today, to: report.today });
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  const shownFault = readFault ?? fault;
  return (
    <div className="reports" data-testid="reports">
      <ReportsBar
        {...{ range, today: report?.today ?? null, onRange: setWanted, onLeave }}
        onExport={(format) => range !== null && void exportIt({ range, format, what: { of: "report" } })}
        onPrint={() => range !== null && void print(range)}
      />
      {shownFault !== null && <TroubleNote text={faultText(shownFault, tillText, place)} />}
      <ExportStrip said={said} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keys too */}
      <main className="reports-body" aria-label={text("title")} tabIndex={0}>
        <AlarmCards onRepair={(day) => void repair(day)} />
        {report === null ? (
          readFault === null && <p className="reports-soft reports-wait">{text("wait")}</p>
        ) : (
          <ReportCards report={report} onBehind={setBehind} />
        )}
      </main>
      {behind !== null && report !== null && (
        <BehindDialog
          behind={behind}
          range={rangeOfReport(report)}
          onClose={() => setBehind(null)}
          onExport={(of, format) => {
            setBehind(null);
            void exportIt({ range: rangeOfReport(report), format, what: { of: "sales", pick: of.pick } });
          }}
        />
      )}
    </div>
  );
}

function ReportCards({
  report,
  onBehind,
}: {
  readonly report: ReportView;
  readonly onBehind: (behind: Behind) => void;
}) {
  const text = useReportsText();
  const isEnglish = useLocale() === "en";
  const categories = useCategories();
  const { range } = report;
  const { total } = range;
  const nameOfCategory = (key: string): string => {
    const known = categories.find(({ id }) => id === key);
    return (known === undefined ? key : isEnglish ? known.nameEn : known.nameZh) || text("no-item");
  };
  const taxName = (key: string): string => {
    const named = namedTaxClass(key);
    return named === null ? key || text("no-item") : text(`tax.${named}`);
  };
  const common = { total, onBehind };
  const restFen = refundsWithoutGoodsFen(total, range.taxes);
  return (
    <>
      <BigNumbers report={report} onBehind={onBehind} />
      {total.saleCount === 0 && (
        <p className="reports-card reports-none" data-testid="report-none">
          <strong>{text("none")}</strong> <span className="reports-soft">{text("none.next")}</span>
        </p>
      )}
      <div className="reports-grid">
        {range.from === range.to ? null : <TimeCard report={report} by="date" onBehind={onBehind} />}
        <TimeCard report={report} by="hour" onBehind={onBehind} />
        <TendersCard tenders={range.tenders} {...common} />
        <StateCard state={report.state} />
        <ItemsCard range={rangeOfReport(report)} {...{ total, restFen, onBehind }} />
        <SumsCard
          {...{ title: "categories", head: "col.category", by: "category", restFen, ...common }}
          rows={range.categories.map((row) => ({ ...row, name: nameOfCategory(row.key) }))}
        />
        <SumsCard
          {...{ title: "cashiers", head: "col.cashier", by: "cashier", ...common }}
          rows={range.cashiers.map((row) => ({ ...row, name: row.name ?? row.key }))}
        />
        <SumsCard
          {...{ title: "taxes", head: "col.tax", by: "tax", restFen, ...common }}
          rows={range.taxes.map((row) => ({ ...row, name: taxName(row.key) }))}
        />
        <TaxCard {...{ total, taxes: range.taxes, nameOf: taxName }} />
      </div>
    </>
  );
}

const ranges = new WeakMap<ReportView, DayRange>();

/** The same object for the same report, so that what is read by it is read once. */
function rangeOfReport(report: ReportView): DayRange {
  const known = ranges.get(report);
  if (known !== undefined) return known;
  const made = { from: report.range.from, to: report.range.to };
  ranges.set(report, made);
  return made;
}

/** Files, paper and repairs: what was done last, or why it was not. */
function useActs() {
  const text = useReportsText();
  const [said, setSaid] = useState("");
  const [fault, setFault] = useState<IntentFault | null>(null);
  const tell = useCallback(
    (answer: { readonly ok: true } | { readonly ok: false; readonly fault: IntentFault }, words: string) => {
      setFault(answer.ok ? null : answer.fault);
      setSaid(answer.ok ? words : "");
    },
    [],
  );
  return {
    said,
    fault,
    async exportIt(args: IntentArgs<"export-report">): Promise<void> {
      tell({ ok: true }, "");
      const answer = await send("export-report", args);
      if (!answer.ok && answer.fault.kind === "report-export-cancelled") tell({ ok: true }, text("export.cancelled"));
      else
        tell(answer, answer.ok && answer.value !== null ? text("export.done", { count: answer.value.rowCount }) : "");
    },
    async print(range: DayRange): Promise<void> {
      tell(await send("print-report", { range }), text("print.done"));
    },
    async repair(day: string): Promise<void> {
      tell(await send("repair-totals", { day }), text("alarm.repaired", { day }));
    },
  };
}
