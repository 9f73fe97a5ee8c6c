import "./refund.css";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { RefundableView } from "#contract/ipc/refund-view.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { useCountdown } from "../../parts/use-countdown.ts";
import { actInDialog } from "../../till/desk.ts";
import { useManagerText } from "../manager/manager-texts.ts";
import { RefundReason } from "./RefundReason.tsx";
import { RefundTrouble } from "./RefundTrouble.tsx";
import { RefundWays } from "./RefundWays.tsx";
import { useRefundForm } from "./use-refund-form.ts";

/** A sale of this till or of another one, and what of it may go back. */
export interface RefundOf {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly refundable: readonly RefundableView[];
}

/** Money back for one payment of a sale: which, how much, and why. `onLeave` is called when it is given or given up. */
export function RefundDialog({ of, onLeave }: { readonly of: RefundOf; readonly onLeave: () => void }) {
  const text = useManagerText();
  const { saleId, saleNumber } = of;
  const form = useRefundForm(of.refundable);
  // One for every press of the key: the second gives nothing twice.
  const [requestId] = useState(() => crypto.randomUUID());
  const [trouble, setTrouble] = useState<IntentFault | "bad" | null>(null);
  /** Head office is asked what other tills have given back, which may take a few seconds. */
  const [isAsking, setAsking] = useState(false);
  const { seconds } = useCountdown(form.way?.notBeforeMs ?? null);
  // What was paid to the printed code goes back from the drawer too.
  const isFromDrawer = form.way?.inCash === true || form.way?.kind === "static-code";
  const isReady = form.amountFen !== null && form.reason !== "" && seconds === 0 && !isAsking;

  const confirm = async (): Promise<void> => {
    const { way, amountFen, reason } = form;
    if (seconds > 0 || isAsking) return;
    if (way === null || amountFen === null || reason === "") {
      setTrouble("bad");
      return;
    }
    const { tenderId, inCash } = way;
    const asked = { requestId, saleId, tenderId, amountFen, reason, ...(inCash ? { inCash } : {}) };
    setTrouble(null);
    setAsking(true);
    const fault = await actInDialog("refund-sale", asked, onLeave);
    setAsking(false);
    setTrouble(fault);
  };
  return (
    <Dialog
      title={text("refund.title", { number: saleNumber })}
      size="wide"
      testId="refund-dialog"
      onClose={onLeave}
      onEnter={() => void confirm()}
    >
      {trouble !== null && <RefundTrouble trouble={trouble} />}
      <div className="refund-form">
        <div className="refund-what">
          <RefundWays ways={form.ways} chosen={form.way} onChoose={form.choose} />
          <RefundReason reason={form.typedReason} onReason={form.setReason} />
          {isAsking && <p role="status">{text("refund.asking")}</p>}
          {seconds > 0 && (
            <p className="refund-wait figures" role="timer" data-testid="refund-wait">
              {text("refund.wait", { seconds })}
            </p>
          )}
        </div>
        <AmountField
          label={text("refund.amount")}
          unit="¥"
          text={form.typed}
          onText={form.setTyped}
          testId="refund-amount"
          hint={text("refund.most", { amount: formatMoney(form.remainingFen) })}
          enter={
            <EnterKey
              testId="refund-confirm"
              word={text(isFromDrawer ? "refund.confirm-cash" : "refund.confirm")}
              isReady={isReady}
              onPress={() => void confirm()}
            />
          }
        />
      </div>
    </Dialog>
  );
}
