import { IconPrinter } from "@tabler/icons-react";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { Press } from "../../parts/Press.tsx";
import { useLabelsText } from "./labels-texts.ts";

/** Labels that went to a printer, and what they said when they did. */
export interface Handed {
  readonly paper: "strip" | "sheet";
  readonly labels: IntentArgs<"labels-printed">["labels"];
}

/** No printer knows whether a label hangs: a person says so, and only then does it leave the list. */
export function PrintedNote({
  handed,
  onAnswer,
}: {
  readonly handed: Handed;
  readonly onAnswer: (areOnShelf: boolean) => void;
}) {
  const text = useLabelsText();
  return (
    <div className="labels-handed" role="status" data-testid="labels-handed">
      <IconPrinter size={22} aria-hidden />
      <span>
        {text(`printed.${handed.paper}`)} {text("printed.ask")}
      </span>
      <Press tone="primary" data-testid="labels-hang" onClick={() => onAnswer(true)}>
        {text("printed.yes")}
      </Press>
      <Press data-testid="labels-not-yet" onClick={() => onAnswer(false)}>
        {text("printed.no")}
      </Press>
    </div>
  );
}
