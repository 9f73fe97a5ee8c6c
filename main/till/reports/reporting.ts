import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { ReportView } from "#contract/ipc/report-intents.ts";
import type { DayRange, ItemSums, Page, ReportEvent, ReportSale } from "#contract/reports/report.ts";
import { dayAfter } from "#core/reconciliation/bill-day.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { managersOnly } from "#main/till/reading.ts";
import { syncView } from "#main/till/sync/syncing.ts";
import { today } from "#main/till/today.ts";
import { askable, categoryNames, dayCount, outcomeOf, refusalOf } from "./asking.ts";
import { printReport } from "./printing-report.ts";
import { repairTotals } from "./recounting.ts";

/** The reports: all are a manager's, and all of it is read by the worker. */
export const reportIntents = {
  report: { needs: "signed-in", run: readReport },
  "report-items": { needs: "signed-in", run: readItems },
  "report-sales": { needs: "signed-in", run: readSales },
  "report-events": { needs: "signed-in", run: readEvents },
  "export-report": { needs: "signed-in", run: exportReport },
  "cancel-report-export": { needs: "signed-in", run: cancelExport },
  "print-report": { needs: "signed-in", run: printReport },
  "repair-totals": { needs: "signed-in", run: repairTotals },
} as const;

async function readReport(till: TillContext, args: IntentArgs<"report">): Promise<Outcome<ReportView>> {
  const now = today(till);
  const range = args.range ?? { from: now, to: now };
  const asked = askable(till, range);
  if (!asked.ok) return asked;
  const report = await asked.value.report(range, rangesBefore(range));
  return report.ok ? ok({ ...report.value, today: now, state: stateNow(till) }) : refusalOf(report.fault);
}

/** A day is compared with the one before and with the same weekday; a longer range with as many days before it. */
function rangesBefore({ from, to }: DayRange): readonly DayRange[] {
  const back = (days: number): DayRange => ({ from: dayAfter(from, -days), to: dayAfter(to, -days) });
  return from === to ? [back(1), back(7)] : [back(dayCount({ from, to }))];
}

function stateNow(till: TillContext): ReportView["state"] {
  const { store } = till.deps;
  const sync = syncView(till);
  const office = { disagreedDays: sync.disagreedDates.length, waiting: sync.waiting };
  return {
    openAttempts: store.unfinishedAttempts().length,
    heldSales: store.heldDrafts().length,
    office: sync.state === "alone" ? null : office,
  };
}

async function readItems(till: TillContext, args: IntentArgs<"report-items">): Promise<Outcome<readonly ItemSums[]>> {
  const asked = askable(till, args.range);
  return asked.ok ? outcomeOf(await asked.value.items(args.range, args.by, args.limit)) : asked;
}

async function readSales(till: TillContext, args: IntentArgs<"report-sales">): Promise<Outcome<Page<ReportSale>>> {
  const asked = askable(till, args.range);
  return asked.ok ? outcomeOf(await asked.value.sales(args.range, args.pick, args.after, args.limit)) : asked;
}

async function readEvents(till: TillContext, args: IntentArgs<"report-events">): Promise<Outcome<Page<ReportEvent>>> {
  const asked = askable(till, args.range);
  if (!asked.ok) return asked;
  const { range, of, pick, after, limit } = args;
  return outcomeOf(await asked.value.events(range, of, pick, after, limit));
}

/** One at a time; answers when the file is there. */
async function exportReport(
  till: TillContext,
  { range, format, what }: IntentArgs<"export-report">,
): Promise<Outcome<{ readonly rowCount: number } | null>> {
  const asked = askable(till, range);
  if (!asked.ok) return asked;
  const { state, deps } = till;
  if (state.reports.export !== null) return refuse("report-export-running");
  const running = { share: 0, stop: new AbortController() };
  state.reports.export = running;
  try {
    const target = await deps.askWhereToSave(fileName(range, format, what.of));
    if (target === null) return ok(null);
    till.changed("reports");
    const order = { range, format, what, target, locale: state.locale, categories: categoryNames(till) };
    const written = await asked.value.write(order, {
      signal: running.stop.signal,
      onProgress(share) {
        running.share = share;
        till.changed("reports");
      },
    });
    return outcomeOf(written);
  } finally {
    state.reports.export = null;
    till.changed("reports");
  }
}

function cancelExport(till: TillContext): Outcome {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  till.state.reports.export?.stop.abort();
  return done;
}

function fileName({ from, to }: DayRange, format: string, of: "report" | "sales"): string {
  return `Tillway-${of}-${from}${from === to ? "" : `-${to}`}.${format}`;
}
