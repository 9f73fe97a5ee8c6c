import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { FindingView } from "#contract/ipc/reconciliation-view.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { PinPad, usePin } from "../../parts/PinPad.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { isTyping } from "../../till/keys.ts";
import { send } from "../../till-client.ts";
import { useReconciliationText } from "./reconciliation-texts.ts";
import { meaningKey } from "./words.ts";

const usualReasons = ["settle.reason.agreed", "settle.reason.platform", "settle.reason.elsewhere"] as const;
const fewestCharacters = 2;
const mostCharacters = 100;

/** A manager's word that a difference is dealt with: the reason, and the PIN that signs it. */
export function SettleDialog({ finding, onClose }: { readonly finding: FindingView; readonly onClose: () => void }) {
  const text = useReconciliationText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [reason, setReason] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const isReasoned = reason.trim().length >= fewestCharacters;
  const say = (fault: IntentFault): string =>
    fault.kind === "approval-refused" ? tillText("approval.refused") : faultText(fault, tillText, place);
  const pin = usePin(async (approvalPin) => {
    if (!isReasoned) return setTrouble(text("settle.need-reason"));
    const { day, key } = finding;
    const answer = await send("settle-finding", { day, key, reason, approvalPin });
    if (answer.ok) onClose();
    else setTrouble(say(answer.fault));
  });
  return (
    <Dialog
      title={text("settle.title")}
      size="wide"
      testId="settle"
      onClose={onClose}
      onKey={(event) => !isTyping(event) && pin.hear(event)}
      onEnter={() => void pin.submit()}
    >
      {trouble !== null && <TroubleNote text={trouble} />}
      <div className="recon-settle">
        <div className="recon-settle-why">
          <p>
            <strong>{text(`kind.${finding.kind}`)}</strong>
            <br />
            {text(meaningKey(finding))}
          </p>
          <TextInput
            size="lg"
            label={text("settle.reason")}
            data-testid="settle-reason"
            maxLength={mostCharacters}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <div className="recon-reasons">
            {usualReasons.map((one) => (
              <Press key={one} onClick={() => setReason(text(one))}>
                {text(one)}
              </Press>
            ))}
          </div>
          <p className="manager-soft">{text("settle.explain")}</p>
        </div>
        <PinPad
          label={text("settle.pin")}
          pin={pin}
          enter={
            <EnterKey
              testId="settle-confirm"
              word={text("settle.confirm")}
              isReady={pin.isLongEnough && isReasoned}
              onPress={() => void pin.submit()}
            />
          }
        />
      </div>
    </Dialog>
  );
}
