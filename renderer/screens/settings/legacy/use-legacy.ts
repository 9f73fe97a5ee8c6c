import { useCallback } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { LegacyDoorView, LegacySettings } from "#contract/ipc/legacy-intents.ts";
import { send } from "../../../till-client.ts";
import { useAsked } from "../use-asked.ts";

/** A door that opens by itself, or a message that comes, is seen within a second. */
const askEveryMs = 1_000;
const askDoor = () => send("legacy-door", {});

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
  const { view, fault, setView, setFault } = useAsked(askDoor, askEveryMs);
  const save = useCallback<LegacyPageDesk["save"]>(
    async (settings) => {
      const answer = await send("save-legacy", settings);
      setFault(answer.ok ? null : answer.fault);
      if (answer.ok) setView(answer.value);
      return answer.ok;
    },
    [setView, setFault],
  );
  const pair = useCallback<LegacyPageDesk["pair"]>(
    async (name) => {
      const answer = await send("pair-legacy", { name });
      setFault(answer.ok ? null : answer.fault);
      if (!answer.ok) return null;
      const { token, ...door } = answer.value;
      setView(door);
      return token;
    },
    [setView, setFault],
  );
  const unpair = useCallback<LegacyPageDesk["unpair"]>(
    async (name) => {
      const answer = await send("unpair-legacy", { name });
      setFault(answer.ok ? null : answer.fault);
      if (answer.ok) setView(answer.value);
    },
    [setView, setFault],
  );
  return { view, fault, save, pair, unpair };
}
