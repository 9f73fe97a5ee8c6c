import "../manager/manager.css";
import "./refund.css";
import { IconReceiptRefund } from "@tabler/icons-react";
import { useCallback, useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intents.ts";
import type { OtherSaleView } from "#contract/ipc/refund-view.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { send } from "../../till-client.ts";
import { useManagerText } from "../manager/manager-texts.ts";
import { OtherSaleFacts } from "./OtherSaleFacts.tsx";
import { RefundDialog } from "./RefundDialog.tsx";
import { RefundTrouble } from "./RefundTrouble.tsx";
import { useRefundEnds } from "./use-refund-ends.ts";

/** Another till's sale: who says so, what was sold, what is given back of it, and money back here. */
export function OtherSaleDialog({ saleId, onClose }: { readonly saleId: string; readonly onClose: () => void }) {
  const text = useManagerText();
  const { sale, fault, readAgain } = useOtherSale(saleId);
  const [isRefunding, setRefunding] = useState(false);
  const canRefund = sale?.refundable.some(({ remainingFen }) => remainingFen > 0) ?? false;
  if (sale !== null && isRefunding && canRefund) {
    const leave = (): void => {
      setRefunding(false);
      readAgain();
    };
    return <RefundDialog of={sale} onLeave={leave} />;
  }
  return (
    <Dialog
      title={text("other.title", { number: sale?.saleNumber ?? "", till: sale?.terminalId ?? "" })}
      size="wide"
      testId="other-sale"
      onClose={onClose}
      onEnter={() => setRefunding(canRefund)}
      footer={
        <div className="refund-foot">
          <Press tone="primary" data-testid="refund" disabled={!canRefund} onClick={() => setRefunding(true)}>
            <IconReceiptRefund size={22} aria-hidden />
            {text("refund")} <KeyCap>Enter</KeyCap>
          </Press>
        </div>
      }
    >
      {fault !== null && <RefundTrouble trouble={fault} />}
      {sale !== null && <OtherSaleFacts sale={sale} onChanged={readAgain} />}
    </Dialog>
  );
}

/** As main was last told of it; read again when a refund ends, and when asked to. */
function useOtherSale(saleId: string): {
  readonly sale: OtherSaleView | null;
  readonly fault: IntentFault | null;
  readonly readAgain: () => void;
} {
  const [sale, setSale] = useState<OtherSaleView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [reading, setReading] = useState(0);
  const ends = useRefundEnds();
  useEffect(() => {
    let isCurrent = true;
    void send("other-sale", { saleId }).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok) setSale(answer.value);
      setFault(answer.ok ? null : answer.fault);
    });
    return () => {
      isCurrent = false;
    };
  }, [saleId, reading, ends]);
  return { sale, fault, readAgain: useCallback(() => setReading((count) => count + 1), []) };
}
