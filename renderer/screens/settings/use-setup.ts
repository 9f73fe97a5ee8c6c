import { useCallback, useEffect, useRef, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs, IntentName } from "#contract/ipc/intents.ts";
import type { SetupView } from "#contract/ipc/setup-view.ts";
import { send, useFromSection } from "../../till-client.ts";

export type SetupIntent = Extract<IntentName, `setup${string}`>;

export interface Setup {
  /** Null until main has answered the first time. */
  readonly view: SetupView | null;
  readonly fault: IntentFault | null;
  /** Sends one intent; true when it was carried out. The view is then what main says it is. */
  readonly run: <N extends SetupIntent>(intent: N, args: IntentArgs<N>) => Promise<boolean>;
}

/** Setting WeChat Pay up, as main has it. The window keeps nothing of it but what is being typed. */
export function useSetup(): Setup {
  const [view, setView] = useState<SetupView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const latest = useRef(0);
  const run = useCallback(async <N extends SetupIntent>(intent: N, args: IntentArgs<N>): Promise<boolean> => {
    latest.current += 1;
    const mine = latest.current;
    const result = await send(intent, args);
    if (!result.ok) {
      setFault(result.fault);
      return false;
    }
    // An answer that a later one has overtaken is old news.
    if (mine === latest.current || intent !== "setup-fields") {
      if (intent !== "setup") setFault(null);
      setView(result.value);
    }
    return true;
  }, []);
  const gateway = useFromSection("status", ({ gateway: { state, clockOffsetMs } }) => `${state} ${clockOffsetMs}`);
  useEffect(() => void run("setup", {}), [run, gateway]);
  return { view, fault, run };
}
