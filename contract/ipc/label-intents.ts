import { z } from "zod";
import { mostLabels, mostOnStrip } from "#core/label/limits.ts";
import type { ShelfLabel } from "#core/label/shelf-label.ts";
import type { PaperColumns, PrintLine } from "#core/receipt/document.ts";
import type { Locale } from "#contract/config/terminal.ts";

const none = z.strictObject({});
const sku = z.string().min(1).max(64);

const onStrip = z
  .array(z.strictObject({ sku, copies: z.int().min(1).max(mostOnStrip) }))
  .min(1)
  .max(mostOnStrip)
  .refine((labels) => labels.reduce((sum, { copies }) => sum + copies, 0) <= mostOnStrip, "labels within one strip");

/** Labels for the shelf; each intent asks the role again in main. */
export const labelSchemas = {
  labels: z.strictObject({
    from: z.discriminatedUnion("by", [
      /** Changed, and not printed since. */
      z.strictObject({ by: z.literal("due") }),
      /** Changed on that day of the shop or later. */
      z.strictObject({ by: z.literal("changed"), since: z.iso.date() }),
      z.strictObject({ by: z.literal("category"), categoryId: z.string().min(1).max(64) }),
      z.strictObject({ by: z.literal("text"), text: z.string().trim().min(1).max(64) }),
    ]),
  }),
  /** Asked every second while codes are to be collected: until then a known item's code is no sale. */
  "labels-scanned": none,
  /** What the strip would look like, without printing it. */
  "label-paper": z.strictObject({ labels: onStrip }),
  /** On the receipt printer, in its queue. */
  "print-labels": z.strictObject({ labels: onStrip }),
  /** A person has them in hand: they leave the list, except what has changed meanwhile. */
  "labels-printed": z.strictObject({
    labels: z.array(z.strictObject({ sku, changedAtMs: z.int().min(0) })).max(mostLabels),
  }),
  /** The shelf is right as it is: the list begins anew. */
  "forget-labels": none,
} as const;

export interface ShelfLabelView extends ShelfLabel {
  /** Null where nothing has changed since labels are kept track of. */
  readonly changedAtMs: number | null;
}

export interface LabelsView {
  readonly labels: readonly ShelfLabelView[];
  /** There are more than `mostLabels` of them. */
  readonly hasMore: boolean;
  /** Counted up to `mostLabelsDueTold`. */
  readonly dueCount: number;
  /** What paper speaks, whatever the screen does. */
  readonly paperLocale: Locale;
  /** Null where no receipt printer is set up. */
  readonly stripColumns: PaperColumns | null;
}

export interface LabelPaperView {
  readonly columns: PaperColumns;
  readonly lines: readonly PrintLine[];
}

export interface LabelAnswers {
  labels: LabelsView;
  "labels-scanned": readonly ShelfLabelView[];
  "label-paper": LabelPaperView;
  "labels-printed": { readonly dueCount: number };
  "forget-labels": { readonly dueCount: number };
}
