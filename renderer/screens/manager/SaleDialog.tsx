import "./manager.css";
import { IconArrowBackUp, IconCheck, IconPrinter, IconReceiptRefund } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { ReceiptPaper } from "../../paper/ReceiptPaper.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { send } from "../../till-client.ts";
import { RefundDialog } from "../refunds/RefundDialog.tsx";
import { ReturnDialog } from "../returns/ReturnDialog.tsx";
import { useReturnText } from "../returns/return-texts.ts";
import { SaleFacts } from "./SaleFacts.tsx";
import { useManagerText } from "./manager-texts.ts";
import { useSaleDetail } from "./use-sale-detail.ts";

/**
 * One sale: its receipt as paper beside its facts, and the ways to print it again and to give money back; `isRefund` begins
 * with the goods that come back, where anything can still be given back.
 */
export function SaleDialog(props: {
  readonly saleId: string;
  readonly isRefund?: boolean;
  readonly onClose: () => void;
}) {
  const { saleId, isRefund = false, onClose } = props;
  const text = useManagerText();
  const tillText = useTillText();
  const place = useClockPlace();
  const { detail, fault: readFault, readAgain } = useSaleDetail(saleId);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [isReprinted, setReprinted] = useState(false);
  const [giving, setGiving] = useState<"goods" | "amount" | null>(isRefund ? "goods" : null);

  const reprint = async (): Promise<void> => {
    const answer = await send("reprint-receipt", { saleId });
    setReprinted(answer.ok);
    setFault(answer.ok ? null : answer.fault);
  };

  const canRefund = detail?.refundable.some(({ remainingFen }) => remainingFen > 0) ?? false;
  if (giving !== null && canRefund && detail !== null) {
    const leave = (): void => {
      setGiving(null);
      readAgain();
    };
    if (giving === "goods") {
      return <ReturnDialog saleId={saleId} onLeave={leave} onAmount={() => setGiving("amount")} />;
    }
    return <RefundDialog of={{ ...detail.sale, refundable: detail.refundable }} onLeave={leave} />;
  }
  const shownFault = fault ?? readFault;
  return (
    <Dialog
      title={text("sale", { number: detail?.sale.saleNumber ?? "" })}
      size="wide"
      testId="sale-dialog"
      onClose={onClose}
      footer={
        <SaleActions
          isReprinted={isReprinted}
          isReady={detail !== null}
          canRefund={canRefund}
          onReprint={() => void reprint()}
          onRefund={() => setGiving("amount")}
          onReturn={() => setGiving("goods")}
        />
      }
    >
      {shownFault !== null && <TroubleNote text={faultText(shownFault, tillText, place)} />}
      {detail !== null && (
        <div className="manager-sale">
          <Scrolled className="manager-sale-paper" label={text("sale.receipt")}>
            <ReceiptPaper columns={detail.receipt.columns} lines={detail.receipt.lines} />
          </Scrolled>
          <SaleFacts detail={detail} onRetried={readAgain} />
        </div>
      )}
    </Dialog>
  );
}

function SaleActions(props: {
  readonly isReprinted: boolean;
  readonly isReady: boolean;
  readonly canRefund: boolean;
  readonly onRefund: () => void;
  readonly onReturn: () => void;
  readonly onReprint: () => void;
}) {
  const text = useManagerText();
  const common = useCommonText();
  const returns = useReturnText();
  return (
    <div className="manager-reprint">
      <span role="status">
        {props.isReprinted && (
          <>
            <IconCheck size={20} aria-hidden />
            {text("sale.reprinted")}
          </>
        )}
      </span>
      <Press data-testid="refund" disabled={!props.canRefund} onClick={props.onRefund}>
        <IconReceiptRefund size={22} aria-hidden />
        {text("refund")}
      </Press>
      <Press data-testid="return" disabled={!props.canRefund} onClick={props.onReturn}>
        <IconArrowBackUp size={22} aria-hidden />
        {returns("confirm")}
      </Press>
      <Press tone="primary" data-testid="reprint" disabled={!props.isReady} onClick={props.onReprint}>
        <IconPrinter size={22} aria-hidden />
        {common("print-again")}
      </Press>
    </div>
  );
}
