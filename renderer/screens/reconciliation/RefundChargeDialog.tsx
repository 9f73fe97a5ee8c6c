import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intents.ts";
import type { FindingView } from "#contract/ipc/reconciliation-view.ts";
import { zeroFen } from "#core/money/fen.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { actInDialog } from "../../till/desk.ts";
import { useReconciliationText } from "./reconciliation-texts.ts";
import { meaningKey } from "./words.ts";

/** Longest reason (contract/ipc/intents.ts). */
const mostReasonCharacters = 40;

/** Money back for a payment that no sale books, whole. Main asks the gateway first; what it does not confirm stays. */
export function RefundChargeDialog({
  finding,
  onClose,
}: {
  readonly finding: FindingView;
  readonly onClose: () => void;
}) {
  const text = useReconciliationText();
  const tillText = useTillText();
  const place = useClockPlace();
  // One for every press of the key: the second gives nothing twice.
  const [requestId] = useState(() => crypto.randomUUID());
  const [reason, setReason] = useState(() => text("refund.reason"));
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [isBusy, setBusy] = useState(false);

  const confirm = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    const { outTradeNo } = finding;
    const refused = await actInDialog("refund-charge", { requestId, outTradeNo, reason: reason.trim() }, onClose);
    setBusy(false);
    setFault(refused);
  };
  return (
    <Dialog
      title={text("action.refund-customer")}
      testId="refund-charge"
      onClose={onClose}
      onEnter={() => void confirm()}
      footer={
        <>
          <Press onClick={onClose}>{text("refund.keep")}</Press>
          <Press tone="primary" data-testid="refund-charge-confirm" disabled={isBusy} onClick={() => void confirm()}>
            {text("refund.confirm", { amount: formatMoney(finding.thereFen ?? zeroFen) })}
            <KeyCap>Enter</KeyCap>
          </Press>
        </>
      }
    >
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <p>{text(meaningKey(finding))}</p>
      <p className="figures recon-refund-amount">{formatMoney(finding.thereFen ?? zeroFen)}</p>
      <p className="figures manager-soft">{text("row.number", { number: finding.outTradeNo })}</p>
      <TextInput
        size="lg"
        label={text("refund.reason.label")}
        description={text("refund.reason.hint")}
        data-testid="refund-charge-reason"
        maxLength={mostReasonCharacters}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}
