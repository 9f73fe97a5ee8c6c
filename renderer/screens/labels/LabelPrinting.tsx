import { IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { labelsOnSheet, mostLabels, mostOnStrip } from "#core/label/limits.ts";
import { divideUp } from "./sheets.ts";
import { Press } from "../../parts/Press.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { send } from "../../till-client.ts";
import { copiesOf, type LabelChoice, spreadOut } from "./choices.ts";
import { LabelSheets, SheetPreview } from "./LabelSheets.tsx";
import { useLabelsText } from "./labels-texts.ts";
import type { Handed } from "./PrintedNote.tsx";
import { StripPreview } from "./StripPreview.tsx";
import type { Labels } from "./use-labels.ts";

type Paper = Handed["paper"];

/** What the labels look like on which paper, and the way onto it. */
export function LabelPrinting(props: {
  readonly labels: Labels;
  readonly onHanded: (handed: Handed) => void;
  readonly onFault: (fault: IntentFault | null) => void;
}) {
  const { labels, onHanded, onFault } = props;
  const text = useLabelsText();
  const { choices, view } = labels;
  const [wanted, setWanted] = useState<Paper | null>(null);
  const [isSending, setSending] = useState(false);
  const hasPrinter = (view?.stripColumns ?? null) !== null;
  const paper = wanted ?? (hasPrinter || view === null ? "strip" : "sheet");
  const copies = copiesOf(choices);
  const most = paper === "strip" ? mostOnStrip : mostLabels;
  const hint = hintOf(paper, { hasPrinter: hasPrinter || view === null, isTooMany: copies > most });
  const print = async (): Promise<void> => {
    setSending(true);
    const fault = paper === "strip" ? await ontoStrip(choices) : (window.print(), null);
    setSending(false);
    onFault(fault);
    if (fault === null) onHanded({ paper, labels: ticked(choices) });
  };
  return (
    <div className="labels-card labels-printing">
      <div className="labels-tabs" role="group" aria-label={text("paper")}>
        {(["strip", "sheet"] as const).map((one) => (
          <Press
            key={one}
            data-testid={`labels-${one}`}
            aria-pressed={one === paper}
            tone={one === paper ? "primary" : "plain"}
            onClick={() => setWanted(one)}
          >
            {text(`paper.${one}`)}
          </Press>
        ))}
      </div>
      <Scrolled className="labels-preview" label={text("preview")}>
        {copies === 0 && <p className="labels-none">{text("preview.none")}</p>}
        {copies > 0 && paper === "strip" && <StripPreview choices={choices} />}
        {copies > 0 && paper === "sheet" && view !== null && (
          <>
            <p className="labels-soft">{text("preview.sheets", { sheets: divideUp(copies, labelsOnSheet) })}</p>
            <SheetPreview labels={spreadOut(choices, labelsOnSheet)} locale={view.paperLocale} />
            <LabelSheets labels={spreadOut(choices, mostLabels)} locale={view.paperLocale} />
          </>
        )}
      </Scrolled>
      {hint !== null && (
        <p className="labels-hint" role="status" data-testid="labels-hint">
          {text(hint, { most })}
        </p>
      )}
      <Press
        tone="primary"
        className="labels-print"
        data-testid="labels-print"
        disabled={copies === 0 || hint !== null || isSending}
        onClick={() => void print()}
      >
        <IconPrinter size={24} aria-hidden />
        {copies === 0 ? text("print.nothing") : text("print", { copies })}
      </Press>
    </div>
  );
}

function hintOf(
  paper: Paper,
  { hasPrinter, isTooMany }: { readonly hasPrinter: boolean; readonly isTooMany: boolean },
) {
  if (paper === "strip" && !hasPrinter) return "no-printer";
  if (!isTooMany) return null;
  return paper === "strip" ? "too-many" : "too-many-sheets";
}

async function ontoStrip(choices: readonly LabelChoice[]): Promise<IntentFault | null> {
  const labels = chosen(choices).map(({ label, copies }) => ({ sku: label.sku, copies }));
  const answer = await send("print-labels", { labels });
  return answer.ok ? null : answer.fault;
}

/** What may leave the list once it hangs: as it was when it was shown. */
function ticked(choices: readonly LabelChoice[]): Handed["labels"] {
  return chosen(choices).flatMap(({ label: { sku, changedAtMs } }) =>
    changedAtMs === null ? [] : [{ sku, changedAtMs }],
  );
}

function chosen(choices: readonly LabelChoice[]): readonly LabelChoice[] {
  return choices.filter(({ copies }) => copies > 0);
}
