import { useCallback, useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { SaleDetailView } from "#contract/ipc/manager-view.ts";
import { send } from "../../till-client.ts";
import { useRefundEnds } from "../refunds/use-refund-ends.ts";

/** A refund at the gateway takes seconds to days; somebody watches this one. */
const watchMs = 3_000;

/**
 * One sale as main has it now. Read again when a refund ends, which main tells by a notice, every few seconds while one
 * is on its way, and when asked to.
 */
export function useSaleDetail(saleId: string): {
  readonly detail: SaleDetailView | null;
  readonly fault: IntentFault | null;
  readonly readAgain: () => void;
} {
  const [detail, setDetail] = useState<SaleDetailView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [reading, setReading] = useState(0);
  const ends = useRefundEnds();

  useEffect(() => {
    let isCurrent = true;
    void send("sale-detail", { saleId }).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok) setDetail(answer.value);
      setFault(answer.ok ? null : answer.fault);
    });
    return () => {
      isCurrent = false;
    };
  }, [saleId, reading, ends]);

  const readAgain = useCallback(() => setReading((count) => count + 1), []);
  const isOnItsWay = detail?.refunds.some(({ word }) => word === "not-known") ?? false;
  useEffect(() => {
    if (!isOnItsWay) return undefined;
    const watch = window.setInterval(readAgain, watchMs);
    return () => window.clearInterval(watch);
  }, [isOnItsWay, readAgain]);
  return { detail, fault, readAgain };
}
