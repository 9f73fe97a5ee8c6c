import "./refund.css";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { Fen } from "#core/money/fen.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { actInDialog } from "../../till/desk.ts";
import { useManagerText } from "../manager/manager-texts.ts";
import { RefundTrouble } from "./RefundTrouble.tsx";

/** Longest reason (contract/ipc/intents.ts). */
const mostReasonCharacters = 40;

/** The whole of a payment that no sale books goes back; WeChat is asked first whether it was taken at all. */
export function ReturnChargeDialog(props: {
  readonly outTradeNo: string;
  /** Where a bill has told it. */
  readonly amountFen: Fen | null;
  /** What was found out about it; null where nothing was. */
  readonly about: string | null;
  readonly onClose: () => void;
  readonly onGivenBack: () => void;
}) {
  const { outTradeNo, amountFen, about } = props;
  const text = useManagerText();
  const [requestId] = useState(() => crypto.randomUUID());
  const [reason, setReason] = useState(text("charge.reason"));
  const [isAsking, setAsking] = useState(false);
  const [fault, setFault] = useState<IntentFault | null>(null);

  const confirm = async (): Promise<void> => {
    if (isAsking) return;
    setAsking(true);
    const asked = { requestId, outTradeNo, reason: reason.trim() };
    setFault(await actInDialog("refund-charge", asked, props.onGivenBack));
    setAsking(false);
  };
  return (
    <Dialog
      title={text("charge.title")}
      testId="return-charge"
      onClose={props.onClose}
      onEnter={() => void confirm()}
      footer={
        <div className="refund-foot">
          <Press tone="primary" data-testid="charge-confirm" disabled={isAsking} onClick={() => void confirm()}>
            {text(isAsking ? "charge.asking" : "charge.confirm")} <KeyCap>Enter</KeyCap>
          </Press>
        </div>
      }
    >
      {about !== null && <p>{about}</p>}
      {amountFen !== null && <p className="figures refund-charge-amount">{formatMoney(amountFen)}</p>}
      <p>{text("charge.explain")}</p>
      <p className="figures refund-number">{outTradeNo}</p>
      {fault !== null && <RefundTrouble trouble={fault} />}
      <TextInput
        label={text("refund.reason")}
        description={text("refund.reason.hint")}
        size="md"
        data-autofocus
        maxLength={mostReasonCharacters}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}
