import { closeDialog } from "../../till/desk.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { useManagerText } from "../manager/manager-texts.ts";
import { RefundList } from "./RefundList.tsx";
import { useOpenRefunds } from "./use-open-refunds.ts";

/** Every refund that is not with its customer: on its way, stuck, or failed and not seen to. */
export function RefundsDialog() {
  const text = useManagerText();
  const { refunds, readAgain } = useOpenRefunds();
  return (
    <Dialog title={text("refunds.open")} size="wide" testId="refunds" onClose={closeDialog} onEnter={closeDialog}>
      {refunds !== null && (
        <p className="dialog-soft">{text(refunds.length === 0 ? "refunds.none" : "refunds.explain")}</p>
      )}
      {refunds !== null && refunds.length > 0 && (
        <RefundList label={text("refunds")} refunds={refunds} isOfMany onChanged={readAgain} />
      )}
    </Dialog>
  );
}
