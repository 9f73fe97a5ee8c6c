import { useCallback, useEffect, useState } from "react";
import type { ImportStanding } from "#contract/ipc/catalog-intents.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs, IntentName, IntentResult } from "#contract/ipc/intents.ts";
import { send } from "../../till-client.ts";

/** A bar that moves four times a second is alive. */
const askEveryMs = 250;

type Step = "import-choose" | "import-check" | "import-apply" | "import-cancel" | "import-discard";

export interface Import {
  readonly standing: ImportStanding;
  readonly fault: IntentFault | null;
  readonly step: <N extends Step>(intent: N, args: IntentArgs<N>) => Promise<void>;
}

/** Where the import stands, as main has it; asked for again and again while work is under way. */
export function useImport(): Import {
  const [standing, setStanding] = useState<ImportStanding>({ kind: "none" });
  const [fault, setFault] = useState<IntentFault | null>(null);
  const take = useCallback((answer: IntentResult<IntentName>) => {
    setFault(answer.ok ? null : answer.fault);
    // Every intent used here answers with the standing.
    if (answer.ok) setStanding(answer.value as ImportStanding);
  }, []);
  const isRunning = standing.kind === "checking" || standing.kind === "applying";
  useEffect(() => {
    let isOpen = true;
    const ask = (): void => void send("import-standing", {}).then((answer) => isOpen && take(answer));
    ask();
    const timer = isRunning ? window.setInterval(ask, askEveryMs) : undefined;
    return () => {
      isOpen = false;
      window.clearInterval(timer);
    };
  }, [isRunning, take]);
  const step = useCallback<Import["step"]>(async (intent, args) => take(await send(intent, args)), [take]);
  return { standing, fault, step };
}
