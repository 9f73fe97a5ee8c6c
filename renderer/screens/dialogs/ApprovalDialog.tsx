import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intents.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { PinPad, usePin } from "../../parts/PinPad.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { approvalStore, type Approval } from "../../till/desk.ts";

/** A manager's PIN for this one action. A wrong one keeps what was asked for, so that nothing is entered twice. */
export function ApprovalDialog({ approval }: { readonly approval: Approval }) {
  const text = useTillText();
  const place = useClockPlace();
  const [fault, setFault] = useState<IntentFault | null>(null);
  const close = (): void => approvalStore.set(null);
  const pin = usePin(async (digits) => {
    const result = await approval.retry(digits);
    if (result.ok) close();
    else setFault(result.fault);
  });
  return (
    <Dialog
      level="approval"
      title={text("approval.title")}
      testId="approval"
      onClose={close}
      onKey={pin.hear}
      onEnter={() => void pin.submit()}
    >
      <p>
        <strong>{text(`approval.${approval.intent}`)}</strong>
      </p>
      {fault !== null && (
        <TroubleNote
          text={fault.kind === "approval-refused" ? text("approval.refused") : faultText(fault, text, place)}
        />
      )}
      <div className="dialog-center">
        <PinPad
          label={text("approval.pin")}
          pin={pin}
          enter={
            <EnterKey
              testId="approve"
              word={text("approval.confirm")}
              isReady={pin.isLongEnough}
              onPress={() => void pin.submit()}
            />
          }
        />
      </div>
    </Dialog>
  );
}
