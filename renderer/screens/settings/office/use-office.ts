import { useCallback } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { OfficeView } from "#contract/ipc/office-view.ts";
import { send } from "../../../till-client.ts";
import { useAsked } from "../use-asked.ts";

/** A scanned code fills its field within a blink; main forgets a page that does not ask for three seconds. */
const askEveryMs = 400;
const askOffice = () => send("head-office", {});

export interface OfficeDesk {
  /** Null until main has answered the first time. */
  readonly view: OfficeView | null;
  readonly fault: IntentFault | null;
  /** True when the address, of head office or of the relay, is written and in use. */
  readonly save: (intent: "save-head-office" | "save-relay", address: string) => Promise<boolean>;
  /** What head office calls itself, or null where it did not enrol the till. */
  readonly enrol: (args: IntentArgs<"enrol">) => Promise<string | null>;
}

/** Where head office is, as main has it, asked for again and again while the page is open. */
export function useOffice(): OfficeDesk {
  const { view, fault, setView, setFault } = useAsked(askOffice, askEveryMs);
  const save = useCallback<OfficeDesk["save"]>(
    async (intent, address) => {
      const answer = await send(intent, { address });
      setFault(answer.ok ? null : answer.fault);
      if (answer.ok) setView(answer.value);
      return answer.ok;
    },
    [setView, setFault],
  );
  const enrol = useCallback(
    async (args: IntentArgs<"enrol">): Promise<string | null> => {
      const answer = await send("enrol", args);
      setFault(answer.ok ? null : answer.fault);
      return answer.ok ? answer.value.officeName : null;
    },
    [setFault],
  );
  return { view, fault, save, enrol };
}
