import { useCallback, useEffect, useRef, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { LabelsView } from "#contract/ipc/label-intents.ts";
import { send } from "../../till-client.ts";
import { allChosen, type LabelChoice, withFound, withScanned } from "./choices.ts";

export type Source = IntentArgs<"labels">["from"]["by"] | "scan";

/** What a source asks for beside itself; empty where nothing is asked yet. */
export interface Asked {
  readonly source: Source;
  /** YYYY-MM-DD, a category's id, or a text. */
  readonly value: string;
}

/** The page listens to the scanner as long as it asks. Milliseconds. */
const askEveryMs = 1_000;

export interface Labels {
  /** Null until main has answered. */
  readonly view: Omit<LabelsView, "labels"> | null;
  readonly choices: readonly LabelChoice[];
  readonly fault: IntentFault | null;
  readonly setFault: (fault: IntentFault | null) => void;
  readonly choose: (change: (choices: readonly LabelChoice[]) => readonly LabelChoice[]) => void;
  /** Labels were taken off the list, or goods have changed. */
  readonly readAgain: () => void;
}

/** The labels that a source brings, and which of them are wanted. */
export function useLabels(asked: Asked): Labels {
  const [view, setView] = useState<Labels["view"]>(null);
  const [choices, setChoices] = useState<readonly LabelChoice[]>([]);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [turn, setTurn] = useState(0);
  const { source, value } = asked;
  /** Grows with every new question, so that the answer to an older one is thrown away. */
  const question = useRef(0);

  useEffect(() => setChoices([]), [source, turn]);
  useEffect(() => {
    question.current += 1;
    const mine = question.current;
    const from = fromOf(source, value);
    // Asked all the same: the page wants to know how many are due, and what paper there is.
    void send("labels", { from: from ?? { by: "due" } }).then((answer) => {
      if (mine !== question.current) return;
      setFault(answer.ok ? null : answer.fault);
      if (!answer.ok) return;
      const { labels, ...rest } = answer.value;
      setView(from === null ? { ...rest, hasMore: false } : rest);
      const found = from === null ? [] : labels;
      setChoices((known) =>
        source === "text" ? withFound(known, found) : source === "scan" ? known : allChosen(found),
      );
    });
  }, [source, value, turn]);
  useEffect(() => (source === "scan" ? collect(setChoices, setFault) : undefined), [source]);

  const readAgain = useCallback(() => setTurn((known) => known + 1), []);
  return { view, choices, fault, setFault, choose: setChoices, readAgain };
}

/** Null where there is nothing to ask for yet. */
function fromOf(source: Source, value: string): IntentArgs<"labels">["from"] | null {
  if (source === "due") return { by: "due" };
  if (source === "changed") return value === "" ? null : { by: "changed", since: value };
  if (source === "category") return value === "" ? null : { by: "category", categoryId: value };
  const text = value.trim().slice(0, 64);
  return source === "scan" || text === "" ? null : { by: "text", text };
}

/** Asks for what was scanned until the page looks for goods another way. */
function collect(
  setChoices: (change: (known: readonly LabelChoice[]) => readonly LabelChoice[]) => void,
  setFault: (fault: IntentFault | null) => void,
): () => void {
  let isOpen = true;
  const ask = async (): Promise<void> => {
    const answer = await send("labels-scanned", {});
    if (!isOpen) return;
    if (!answer.ok) setFault(answer.fault);
    else if (answer.value.length > 0) setChoices((known) => withScanned(known, answer.value));
  };
  void ask();
  const timer = window.setInterval(() => void ask(), askEveryMs);
  return () => {
    isOpen = false;
    window.clearInterval(timer);
  };
}
