import { useEffect, useRef, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { parseReturnNumber } from "#core/returns/loose-return.ts";
import { openDialog } from "../../till/desk.ts";
import { send } from "../../till-client.ts";
import { useScannedReceipt } from "./use-scanned-receipt.ts";

/**
 * Looks a sale up and leads to its refund, from what is typed, scanned meanwhile, or was scanned before (`scanned`, looked up
 * once). Another till's sale is asked for at head office, which may take a few seconds.
 */
export function useFindSale(scanned: string | null) {
  const [fault, setFault] = useState<IntentFault | null>(null);
  /** A payment that is here and in no sale: a manager may look whether the customer was charged. */
  const [looseNo, setLooseNo] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const refund = (saleId: string): void => openDialog({ kind: "sale", saleId, isRefund: true });

  const find = async (text: string): Promise<void> => {
    const wanted = text.trim();
    if (wanted === "") return;
    if (parseReturnNumber(wanted) !== null) return openDialog({ kind: "loose-paper", returnNumber: wanted });
    setAsking(true);
    setFault(null);
    const answer = await send("find-sale", { text: wanted });
    setAsking(false);
    if (answer.ok && answer.value.isOther) return openDialog({ kind: "other-sale", saleId: answer.value.saleId });
    if (answer.ok) return refund(answer.value.saleId);
    setFault(answer.fault);
    setLooseNo(answer.fault.kind === "payment-without-sale" ? wanted : null);
  };
  useScannedReceipt(refund, {
    onUnknown: () => setFault({ kind: "no-such-sale" }),
    onOther: (text) => void find(text),
  });
  const isLookedUp = useRef(false);
  useEffect(() => {
    if (scanned === null || isLookedUp.current) return;
    isLookedUp.current = true;
    void find(scanned);
  });
  const forget = (): void => {
    setFault(null);
    setLooseNo(null);
  };
  return { find, fault, looseNo, isAsking, forget };
}
