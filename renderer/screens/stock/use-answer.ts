import { useCallback, useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentAnswer, IntentArgs, IntentName } from "#contract/ipc/intents.ts";
import { send } from "../../till-client.ts";

export interface Answered<T> {
  readonly value: T | null;
  readonly fault: IntentFault | null;
  readonly readAgain: () => void;
  /** Shows what an action has answered, without asking again. */
  readonly show: (value: T) => void;
}

/** What main answers to a question, asked anew whenever the question or `turn` is another. */
export function useAnswer<N extends IntentName>(
  intent: N,
  args: IntentArgs<N>,
  turn: number | string = 0,
): Answered<IntentAnswer<N>> {
  const [value, setValue] = useState<IntentAnswer<N> | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [again, setAgain] = useState(0);
  const question = JSON.stringify(args);
  useEffect(() => {
    let isWanted = true;
    // The same arguments as text, so that an equal question is not asked twice.
    void send(intent, JSON.parse(question) as IntentArgs<N>).then((answer) => {
      if (!isWanted) return;
      setFault(answer.ok ? null : answer.fault);
      if (answer.ok) setValue(answer.value);
    });
    return () => {
      isWanted = false;
    };
  }, [intent, question, turn, again]);
  const readAgain = useCallback(() => setAgain((known) => known + 1), []);
  return { value, fault, readAgain, show: setValue };
}
