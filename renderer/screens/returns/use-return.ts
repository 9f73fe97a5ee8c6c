import { useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { ReturnableView, ReturnPlanView } from "#contract/ipc/return-view.ts";
import { send } from "../../till-client.ts";
import { askedLines, type Chosen } from "./chosen-lines.ts";

/** What may come back of a sale; head office is asked first, which may take a few seconds. */
export function useReturnable(saleId: string): {
  readonly sale: ReturnableView | null;
  readonly fault: IntentFault | null;
} {
  const [sale, setSale] = useState<ReturnableView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void send("return-outlook", { saleId }).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok) setSale(answer.value);
      setFault(answer.ok ? null : answer.fault);
    });
    return () => {
      isCurrent = false;
    };
  }, [saleId]);
  return { sale, fault };
}

/** What the chosen goods give back, as main says; null until it has, and while nothing is chosen. */
export function usePlan(
  saleId: string,
  chosen: Chosen,
): { readonly plan: ReturnPlanView | null; readonly fault: IntentFault | null } {
  const [told, setTold] = useState<{ readonly of: Chosen; readonly plan: ReturnPlanView } | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const lines = askedLines(chosen).map(({ lineNumber, quantity }) => ({ lineNumber, quantity }));
    if (lines.length === 0) {
      setTold(null);
      setFault(null);
      return;
    }
    void send("plan-return", { saleId, lines }).then((answer) => {
      if (!isCurrent) return;
      setTold(answer.ok ? { of: chosen, plan: answer.value } : null);
      setFault(answer.ok ? null : answer.fault);
    });
    return () => {
      isCurrent = false;
    };
  }, [saleId, chosen]);
  // What was told of another choice must not be confirmed for this one.
  return { plan: told?.of === chosen ? told.plan : null, fault };
}
