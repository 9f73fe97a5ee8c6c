import { useCallback, useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { LegacyDoorView, LegacySettings } from "#contract/ipc/legacy-intents.ts";
import { send } from "../../../till-client.ts";

/** A door that opens by itself, or a message that comes, is seen within a second. */
const askEveryMs = 1_000;

export interface LegacyPageDesk {
  /** Null until main has answered the first time. */
  readonly view: LegacyDoorView | null;
  readonly fault: IntentFault | null;
  /** True when it is on the disk and in use. */
  readonly save: (settings: LegacySettings) => Promise<boolean>;
  /** The token, shown once; null where it was refused. */
  readonly pair: (name: string) => Promise<string | null>;
  readonly unpair: (name: string) => Promise<void>;
}

/** Old tills as main has them, asked for again and again while the page is open. */
export function useLegacy(): LegacyPageDesk {
  const [view, setView] = useState<LegacyDoorView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  useEffect(() => {
    let isOpen = true;
    const ask = async (): Promise<void> => {
      const answer = await send("legacy-door", {});
      if (!isOpen) return;
      if (answer.ok) setView((before) => (isSame(before, answer.value) ? before : answer.value));
      else setFault(answer.fault);
    };
    void ask();
    const timer = window.setInterval(() => void ask(), askEveryMs);
    return () => {
      isOpen = false;
      window.clearInterval(timer);
    };
  }, []);
  const save = useCallback<LegacyPageDesk["save"]>(async (settings) => {
    const answer = await send("save-legacy", settings);
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) setView(answer.value);
    return answer.ok;
  }, []);
  const pair = useCallback<LegacyPageDesk["pair"]>(async (name) => {
    const answer = await send("pair-legacy", { name });
    setFault(answer.ok ? null : answer.fault);
    if (!answer.ok) return null;
    const { token, ...door } = answer.value;
    setView(door);
    return token;
  }, []);
  const unpair = useCallback<LegacyPageDesk["unpair"]>(async (name) => {
    const answer = await send("unpair-legacy", { name });
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) setView(answer.value);
  }, []);
  return { view, fault, save, pair, unpair };
}

function isSame(before: LegacyDoorView | null, after: LegacyDoorView): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
