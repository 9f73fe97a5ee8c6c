import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { localName, useClockPlace, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { PinPad, usePin } from "../../parts/PinPad.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { useSection } from "../../till-client.ts";
import { stalePackFacts } from "../sale/pack-words.ts";
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
      {approval.stopId !== null && <StoppedPack stopId={approval.stopId} />}
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

/** Which pack the manager answers for. */
function StoppedPack({ stopId }: { readonly stopId: string }) {
  const text = useTillText();
  const locale = useLocale();
  const pack = useSection("notices").find((notice) => notice.kind === "pack-stopped" && notice.stopId === stopId);
  if (pack?.kind !== "pack-stopped") return null;
  return (
    <p data-testid="approval-pack">
      {localName(pack, locale)}
      <br />
      {stalePackFacts(pack, pack.why, text)}
    </p>
  );
}
