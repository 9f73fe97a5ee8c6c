import { useEffect, useState } from "react";
import type { Candidate } from "#core/shift/explain-variance.ts";
import { send } from "../../till-client.ts";

/** What main makes of a shift's difference; null while it is asked, and where there is nothing to explain. */
export function useCandidates(shiftId: string | null): readonly Candidate[] | null {
  const [candidates, setCandidates] = useState<readonly Candidate[] | null>(null);
  useEffect(() => {
    if (shiftId === null) return undefined;
    let isCurrent = true;
    void send("explain-shift", { shiftId }).then((answer) => {
      if (isCurrent && answer.ok) setCandidates(answer.value.candidates);
    });
    return () => {
      isCurrent = false;
    };
  }, [shiftId]);
  return candidates;
}
