import { useCallback, useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { PrintJobView } from "#contract/ipc/print-view.ts";
import { send } from "../../till-client.ts";

/** Somebody watches a printer work: a receipt takes a second or two. */
const watchMs = 1_000;

interface PrintJobs {
  /** null until main has answered. */
  readonly jobs: readonly PrintJobView[] | null;
  readonly fault: IntentFault | null;
  readonly readAgain: () => void;
}

/** The list of prints, read again every second and when asked to. */
export function usePrintJobs(): PrintJobs {
  const [state, setState] = useState<Omit<PrintJobs, "readAgain">>({ jobs: null, fault: null });
  const [reading, setReading] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    void send("print-jobs", {}).then((answer) => {
      if (isCurrent) setState(answer.ok ? { jobs: answer.value, fault: null } : { jobs: [], fault: answer.fault });
    });
    return () => {
      isCurrent = false;
    };
  }, [reading]);
  const readAgain = useCallback(() => setReading((count) => count + 1), []);
  useEffect(() => {
    const watch = window.setInterval(readAgain, watchMs);
    return () => window.clearInterval(watch);
  }, [readAgain]);
  return { ...state, readAgain };
}
