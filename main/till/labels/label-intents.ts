import type { LabelPaperView, LabelsView, ShelfLabelView } from "#contract/ipc/label-intents.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { mostLabelsDueTold } from "#core/label/limits.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { type Outcome, refuse } from "#main/till/outcome.ts";
import { permissionFor } from "#main/till/permission.ts";
import type { CatalogDesk, ChangedLabel } from "#main/till/ports/catalog-desk.ts";
import { labelsFor } from "./choosing-labels.ts";
import { paperOf, printLabels } from "./printing-labels.ts";
import { takeScanned } from "./scanned-labels.ts";

type DueCount = Outcome<{ readonly dueCount: number }>;

/** Labels for the shelf, on a till with goods to see to. All are a manager's, head office's goods included. */
export const labelIntents = {
  labels: {
    needs: "signed-in",
    run: (till: TillContext, { from }: IntentArgs<"labels">) =>
      asManager(till, (desk): Outcome<LabelsView> => ok(labelsFor(till, desk, from))),
  },
  "labels-scanned": {
    needs: "signed-in",
    run: (till: TillContext) =>
      asManager(till, (desk): Outcome<readonly ShelfLabelView[]> => ok(takeScanned(till, desk))),
  },
  "label-paper": {
    needs: "signed-in",
    run: (till: TillContext, { labels }: IntentArgs<"label-paper">) =>
      asManager(till, (desk): Outcome<LabelPaperView> => paperOf(till, desk, labels)),
  },
  "print-labels": {
    needs: "signed-in",
    run: (till: TillContext, { labels }: IntentArgs<"print-labels">) =>
      asManager(till, (desk): Outcome => printLabels(till, desk, labels)),
  },
  "labels-printed": {
    needs: "signed-in",
    run: (till: TillContext, { labels }: IntentArgs<"labels-printed">) =>
      asManager(till, (desk): Promise<DueCount> => tickOff(desk, labels)),
  },
  "forget-labels": {
    needs: "signed-in",
    run: (till: TillContext) => asManager(till, (desk): Promise<DueCount> => tickOff(desk, "all")),
  },
} as const;

/** Whoever may manage the catalogue, and a till that has one to manage. */
function asManager<R>(till: TillContext, work: (desk: CatalogDesk) => R): R | ReturnType<typeof refuse> {
  if (till.state.cashier === null) return refuse("not-signed-in");
  const desk = till.deps.goods?.desk ?? null;
  if (desk === null || permissionFor(till, { kind: "manage-catalog" }) !== "yes") return refuse("not-allowed");
  return work(desk);
}

async function tickOff(desk: CatalogDesk, labels: readonly ChangedLabel[] | "all"): Promise<DueCount> {
  const ticked = await desk.labelsPrinted(labels);
  return ticked.ok ? ok({ dueCount: desk.labels.dueCount(mostLabelsDueTold) }) : refuse("catalog-busy");
}
