import { useEffect, useState } from "react";
import type { LabelPaperView } from "#contract/ipc/label-intents.ts";
import { ReceiptPaper } from "../../paper/ReceiptPaper.tsx";
import { send } from "../../till-client.ts";
import { copiesOf, type LabelChoice } from "./choices.ts";
import { useLabelsText } from "./labels-texts.ts";

/** As many as the card shows without turning into a roll. */
const mostShown = 4;

/** The first labels as the receipt printer would print them; main lays them out, as it does for the printer. */
export function StripPreview({ choices }: { readonly choices: readonly LabelChoice[] }) {
  const text = useLabelsText();
  const [paper, setPaper] = useState<LabelPaperView | null>(null);
  const shown = choices.filter(({ copies }) => copies > 0).slice(0, mostShown);
  const copies = copiesOf(choices);
  // Its value tells whether something else is to be shown.
  const skus = shown.map(({ label }) => label.sku).join("\n");
  useEffect(() => {
    let isOpen = true;
    const labels = skus.split("\n").map((sku) => ({ sku, copies: 1 }));
    void send("label-paper", { labels }).then((answer) => {
      if (isOpen) setPaper(answer.ok ? answer.value : null);
    });
    return () => {
      isOpen = false;
    };
  }, [skus]);
  return (
    <>
      {copies > shown.length && <p className="labels-soft">{text("preview.first", { copies, shown: shown.length })}</p>}
      {paper !== null && <ReceiptPaper columns={paper.columns} lines={paper.lines} />}
    </>
  );
}
