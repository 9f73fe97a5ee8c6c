import { useCallback, useEffect, useState } from "react";
import type { RefundView } from "#contract/ipc/refund-view.ts";
import { send } from "../../till-client.ts";
import { useRefundEnds } from "./use-refund-ends.ts";

/** Somebody watches; a refund at the gateway takes seconds to days. */
const watchMs = 5_000;

/**
 * Refunds on their way and those that did not reach the customer; null until main has answered. Read again when main
 * tells of one, every few seconds, and when asked to.
 */
export function useOpenRefunds(): { readonly refunds: readonly RefundView[] | null; readonly readAgain: () => void } {
  const [refunds, setRefunds] = useState<readonly RefundView[] | null>(null);
  const [reading, setReading] = useState(0);
  const told = useRefundEnds();
  useEffect(() => {
    let isCurrent = true;
    void send("open-refunds", {}).then((answer) => {
      if (isCurrent && answer.ok) setRefunds(answer.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [reading, told]);
  const readAgain = useCallback(() => setReading((count) => count + 1), []);
  useEffect(() => {
    const watch = window.setInterval(readAgain, watchMs);
    return () => window.clearInterval(watch);
  }, [readAgain]);
  return { refunds, readAgain };
}
