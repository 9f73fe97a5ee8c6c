import { useCallback, useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs, IntentName } from "#contract/ipc/intents.ts";
import type { PeopleAnswers, PeoplePageView } from "#contract/ipc/people-intents.ts";
import { send } from "../../../till-client.ts";

type PeopleIntent = Exclude<keyof PeopleAnswers & IntentName, "people-page">;

/** What is to be done once a manager has typed their PIN. */
export interface Pending<N extends PeopleIntent = PeopleIntent> {
  readonly intent: N;
  readonly args: Omit<IntentArgs<N>, "approvalPin">;
  /** In the manager's words, above the PIN. */
  readonly words: string;
}

export interface PeopleDesk {
  /** Null until main has answered the first time. */
  readonly view: PeoplePageView | null;
  readonly fault: IntentFault | null;
  readonly pending: Pending | null;
  /** Asks for a manager's PIN first. */
  readonly ask: <N extends PeopleIntent>(pending: Pending<N>) => void;
  readonly leave: () => void;
  /** Null once it is done. */
  readonly confirm: (approvalPin: string) => Promise<IntentFault | null>;
  /** Reads the page again: something of it was changed elsewhere. */
  readonly refresh: () => Promise<void>;
}

/** People and rights as main has them, and the one change that waits for a manager's PIN. */
export function usePeople(onDone: () => void = () => {}): PeopleDesk {
  const [view, setView] = useState<PeoplePageView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [pending, setPending] = useState<Pending | null>(null);

  const refresh = useCallback(async (): Promise<void> => {
    const answer = await send("people-page", {});
    if (answer.ok) setView(answer.value);
    setFault(answer.ok ? null : answer.fault);
  }, []);
  useEffect(() => void refresh(), [refresh]);

  const confirm = async (approvalPin: string): Promise<IntentFault | null> => {
    if (pending === null) return null;
    // Each pending change was put together with its own intent's arguments; the PIN is the one key they share.
    const answer = await send<PeopleIntent>(pending.intent, { ...pending.args, approvalPin } as never);
    if (!answer.ok) return answer.fault;
    setView(answer.value);
    setPending(null);
    onDone();
    return null;
  };
  return { view, fault, pending, ask: (next) => setPending(next), leave: () => setPending(null), confirm, refresh };
}
