import { useCallback, useEffect, useState } from "react";
import type { IntentAnswer } from "#contract/ipc/intents.ts";
import { send, useFromSection, useSection } from "../../till-client.ts";

/** While the list is open: soon enough to see what another till has just taken, seldom enough for a slow line. Milliseconds. */
const lookAgainMs = 3_000;

/** Whether sales can be held for every till: head office knows this one. */
export function useCanShare(): boolean {
  return useFromSection("sync", ({ state }) => state !== "alone" && state !== "not-enrolled");
}

/** What lies for every till, asked for again and again while somebody looks; null until the first answer. */
export function useSharedHeld(canShare: boolean): {
  readonly shared: IntentAnswer<"shared-held"> | null;
  readonly readAgain: () => void;
} {
  const [shared, setShared] = useState<IntentAnswer<"shared-held"> | null>(null);
  const [reading, setReading] = useState(0);
  const held = useSection("held");
  const readAgain = useCallback(() => setReading((count) => count + 1), []);
  useEffect(() => {
    if (!canShare) return undefined;
    let isCurrent = true;
    let timer: number | undefined;
    void send("shared-held", {}).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok) setShared(answer.value);
      timer = window.setTimeout(readAgain, lookAgainMs);
    });
    return () => {
      isCurrent = false;
      window.clearTimeout(timer);
    };
  }, [canShare, reading, held, readAgain]);
  return { shared, readAgain };
}
