import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { send } from "../../till-client.ts";

/** Asked before a payment on the customer's phone is given up: afterwards no proof of it counts, and the way back is slow. */
export function CancelCarriedDialog(props: { readonly outTradeNo: string; readonly onLeave: () => void }) {
  const { outTradeNo, onLeave } = props;
  const text = useTillText();
  const place = useClockPlace();
  const [fault, setFault] = useState<IntentFault | null>(null);
  const cancel = async (): Promise<void> => {
    const answer = await send("cancel-attempt", { outTradeNo });
    if (answer.ok) onLeave();
    else setFault(answer.fault);
  };
  // Enter keeps it: what cannot be taken back wants its own key.
  return (
    <Dialog title={text("carried.cancel.title")} testId="carried-cancel" onClose={onLeave} onEnter={onLeave}>
      <p>{text("carried.cancel.ask")}</p>
      <p className="dialog-soft">{text("carried.cancel.after")}</p>
      {fault !== null && <TroubleNote text={faultText(fault, text, place)} />}
      <div className="carried-cancel-keys">
        <Press data-testid="carried-cancel-yes" onClick={() => void cancel()}>
          {text("carried.cancel.yes")}
        </Press>
        <Press tone="primary" data-testid="carried-cancel-no" onClick={onLeave}>
          {text("carried.cancel.no")} <KeyCap>Enter</KeyCap>
        </Press>
      </div>
    </Dialog>
  );
}
