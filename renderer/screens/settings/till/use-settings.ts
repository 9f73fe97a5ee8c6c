import { useCallback, useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { SettingsPageView } from "#contract/ipc/settings-intents.ts";
import { send } from "../../../till-client.ts";

type Change =
  | "settings-page"
  | "save-store"
  | "choose-logo"
  | "remove-logo"
  | "save-day"
  | "save-language"
  | "save-look"
  | "save-screens"
  | "save-kiosk"
  | "open-kiosk"
  | "lock-kiosk"
  | "save-autostart"
  | "set-key"
  | "reset-keys";

export interface SettingsDesk {
  /** Null until main has answered the first time. */
  readonly view: SettingsPageView | null;
  readonly fault: IntentFault | null;
  /** What was saved last; null after a refusal, and before. */
  readonly saved: Change | null;
  /** Null when it is on the disk and in force. */
  readonly change: <N extends Change>(intent: N, args: IntentArgs<N>) => Promise<IntentFault | null>;
  /** The sentences about the last change are read. */
  readonly forget: () => void;
}

/** The settings as main has them; every change is answered with how they then are. */
export function useSettings(): SettingsDesk {
  const [view, setView] = useState<SettingsPageView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [saved, setSaved] = useState<Change | null>(null);
  const change = useCallback(async <N extends Change>(intent: N, args: IntentArgs<N>): Promise<IntentFault | null> => {
    const answer = await send(intent, args);
    if (!answer.ok) {
      setFault(answer.fault);
      setSaved(null);
      return answer.fault;
    }
    setFault(null);
    setSaved(intent === "settings-page" ? null : intent);
    setView(answer.value);
    return null;
  }, []);
  useEffect(() => void change("settings-page", {}), [change]);
  const forget = useCallback(() => {
    setFault(null);
    setSaved(null);
  }, []);
  return { view, fault, saved, change, forget };
}
