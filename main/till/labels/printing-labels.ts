import type { LabelPaperView } from "#contract/ipc/label-intents.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { labelStrip } from "#core/receipt/label-strip.ts";
import { layOut } from "#core/receipt/layout.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, type Outcome, refuse } from "#main/till/outcome.ts";
import type { CatalogDesk } from "#main/till/ports/catalog-desk.ts";
import { columnsOf } from "#main/till/receipt/lay-out-receipt.ts";
import { receiptTexts } from "#main/till/receipt/receipt-texts.ts";
import { today } from "#main/till/today.ts";
import { labelsOf } from "./choosing-labels.ts";

type Wanted = IntentArgs<"print-labels">["labels"];

/** The strip as it would print, in the shop's language as all of its paper. Refused where an item is gone. */
export function paperOf(till: TillContext, desk: CatalogDesk, wanted: Wanted): Outcome<LabelPaperView> {
  const labels = labelsOf(
    till,
    desk,
    wanted.map(({ sku }) => sku),
  );
  if (labels.length < wanted.length) return refuse("no-such-item");
  const copied = labels.flatMap((label, at) => Array.from({ length: wanted[at]?.copies ?? 1 }, () => label));
  const { label: words, sale } = receiptTexts(till.deps.config.locale);
  const strip = labelStrip(copied, { ...words, itemName: sale.itemName }, today(till));
  const columns = columnsOf(till);
  return ok({ columns, lines: layOut(strip, columns) });
}

/** Puts the strip into the print queue, where it takes its turn behind the receipts that wait. */
export function printLabels(till: TillContext, desk: CatalogDesk, wanted: Wanted): Outcome {
  const { deps } = till;
  if (deps.config.devices.printer === undefined) return refuse("no-printer");
  const paper = paperOf(till, desk, wanted);
  if (!paper.ok) return paper;
  const lines = JSON.stringify(paper.value.lines);
  const job = { jobId: deps.newId(), saleId: null, kind: "labels", lines, state: "queued" } as const;
  deps.store.enqueuePrint({ ...job, createdAtMs: deps.clock.now() }, null);
  deps.receipts.wake();
  till.changed("status");
  return done;
}
