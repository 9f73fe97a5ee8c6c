import type { IntentArgs } from "#contract/ipc/intents.ts";
import { layOut } from "#core/receipt/layout.ts";
import { reportReceipt } from "#core/receipt/report-receipt.ts";
import { localIso } from "#core/sale/business-date.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { columnsOf, slipHeader, slipLanguage } from "#main/till/receipt/lay-out-receipt.ts";
import { receiptTexts } from "#main/till/receipt/receipt-texts.ts";
import { askable, outcomeOf } from "./asking.ts";

/** Items named on paper: what fits beside the rest on a slip one reads. */
const printedItems = 10;

/** The range in figures on the receipt printer, in the shop's language as all of its paper. */
export async function printReport(till: TillContext, { range }: IntentArgs<"print-report">): Promise<Outcome> {
  const { deps } = till;
  if (deps.config.devices.printer === undefined) return refuse("no-printer");
  const asked = askable(till, range);
  if (!asked.ok) return asked;
  const report = outcomeOf(await asked.value.report(range, []));
  if (!report.ok) return report;
  const items = outcomeOf(await asked.value.items(range, "net", printedItems));
  if (!items.ok) return items;
  const { store, terminalId } = deps.config;
  const language = slipLanguage(till);
  const printedAt = localIso(deps.clock.now(), store.utcOffsetMinutes);
  const facts = { range: report.value.range, items: items.value, printedAt, terminalId };
  const names = language === "en" ? "en" : "zh";
  const document = reportReceipt(facts, receiptTexts(language).report, slipHeader(till), names);
  const lines = JSON.stringify(layOut(document, columnsOf(till)));
  const job = { jobId: deps.newId(), saleId: null, kind: "report", lines, state: "queued" } as const;
  deps.store.enqueuePrint({ ...job, createdAtMs: deps.clock.now() }, null);
  deps.receipts.wake();
  till.changed("status");
  return done;
}
