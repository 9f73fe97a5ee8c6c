import "../manager/manager.css";
import "./refund.css";
import { IconArrowBackUp, IconReceiptRefund } from "@tabler/icons-react";
import { useCallback, useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { OtherSaleView } from "#contract/ipc/refund-view.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { send } from "../../till-client.ts";
import { useManagerText } from "../manager/manager-texts.ts";
import { ReturnDialog } from "../returns/ReturnDialog.tsx";
import { useReturnText } from "../returns/return-texts.ts";
import { OtherSaleFacts } from "./OtherSaleFacts.tsx";
import { RefundDialog } from "./RefundDialog.tsx";
import { RefundTrouble } from "./RefundTrouble.tsx";
import { useRefundEnds } from "./use-refund-ends.ts";

/** Another till's sale: who says so, what was sold, what is given back of it, and money back here. */
export function OtherSaleDialog({ saleId, onClose }: { readonly saleId: string; readonly onClose: () => void }) {
  const text = useManagerText();
  const returns = useReturnText();
  const { sale, fault, readAgain } = useOtherSale(saleId);
  const [giving, setGiving] = useState<"goods" | "amount" | null>(null);
  const canRefund = sale?.refundable.some(({ remainingFen }) => remainingFen > 0) ?? false;
  const canReturn = canRefund && sale !== null && sale.lines.length > 0;
  if (sale !== null && giving !== null && canRefund) {
    const leave = (): void => {
      setGiving(null);
      readAgain();
    };
    if (giving === "goods") {
      return <ReturnDialog saleId={saleId} onLeave={leave} onAmount={() => setGiving("amount")} />;
    }
    return <RefundDialog of={sale} onLeave={leave} />;
  }
  return (
    <Dialog
      title={text("other.title", { number: sale?.saleNumber ?? "", till: sale?.terminalId ?? "" })}
      size="wide"
      testId="other-sale"
      onClose={onClose}
      onEnter={() => setGiving(canReturn ? "goods" : canRefund ? "amount" : null)}
      footer={
        <div className="refund-foot">
          <Press
            tone={canReturn ? "plain" : "primary"}
            data-testid="refund"
            disabled={!canRefund}
            onClick={() => setGiving("amount")}
          >
            <IconReceiptRefund size={22} aria-hidden />
            {text("refund")} {!canReturn && <KeyCap>Enter</KeyCap>}
          </Press>
          {canReturn && (
            <Press tone="primary" data-testid="return" onClick={() => setGiving("goods")}>
              <IconArrowBackUp size={22} aria-hidden />
              {returns("confirm")} <KeyCap>Enter</KeyCap>
            </Press>
          )}
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
