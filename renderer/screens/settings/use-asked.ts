import { type Dispatch, type SetStateAction, useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { Result } from "#core/result.ts";

/** What a page shows of main, and how its own changes put a newer one in its place. */
export interface Asked<View> {
  /** Null until main has answered the first time. */
  readonly view: View | null;
  readonly fault: IntentFault | null;
  readonly setView: Dispatch<SetStateAction<View | null>>;
  readonly setFault: Dispatch<SetStateAction<IntentFault | null>>;
}

/**
 * Asked for again and again while the page is open; what is the same as before draws nothing anew.
 * @param ask the same function at every drawing
 */
export function useAsked<View>(ask: () => Promise<Result<View, IntentFault>>, everyMs: number): Asked<View> {
  const [view, setView] = useState<View | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  useEffect(() => {
    let isOpen = true;
    const askAgain = async (): Promise<void> => {
      const answer = await ask();
      if (!isOpen) return;
      if (answer.ok) setView((before) => (isSame(before, answer.value) ? before : answer.value));
      else setFault(answer.fault);
    };
    void askAgain();
    const timer = window.setInterval(() => void askAgain(), everyMs);
    return () => {
      isOpen = false;
      window.clearInterval(timer);
    };
  }, [ask, everyMs]);
  return { view, fault, setView, setFault };
}

function isSame(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
