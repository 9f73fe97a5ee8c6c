import { createPortal } from "react-dom";
import type { Locale } from "#contract/config/terminal.ts";
import type { ShelfLabelView } from "#contract/ipc/label-intents.ts";
import { labelsTextOf } from "./labels-texts.ts";
import { ShelfLabelCard } from "./ShelfLabelCard.tsx";
import { ontoSheets } from "./sheets.ts";

interface SheetProps {
  readonly labels: readonly ShelfLabelView[];
  /** The language of the shop's paper, not of the screen. */
  readonly locale: Locale;
}

/** What the system prints of this page: A4 sheets of 3 × 8 labels, beside everything that is on the screen. */
export function LabelSheets({ labels, locale }: SheetProps) {
  return createPortal(
    <div className="labels-on-paper" lang={locale} aria-hidden data-testid="label-sheets">
      {ontoSheets(labels).map((sheet, at) => (
        // Sheets are never reordered: their place is their identity.
        // oxlint-disable-next-line react/no-array-index-key
        <Sheet key={at} labels={sheet} locale={locale} />
      ))}
    </div>,
    document.body,
  );
}

/** The first sheet, small enough for the screen. */
export function SheetPreview({ labels, locale }: SheetProps) {
  return (
    <div className="labels-sheet-frame" lang={locale} data-testid="sheet-preview">
      <Sheet labels={labels} locale={locale} />
    </div>
  );
}

function Sheet({ labels, locale }: SheetProps) {
  const text = labelsTextOf(locale);
  return (
    <div className="labels-sheet">
      {labels.map((label, at) => (
        // As above: one label may stand there several times.
        // oxlint-disable-next-line react/no-array-index-key
        <ShelfLabelCard key={at} label={label} locale={locale} text={text} />
      ))}
    </div>
  );
}
