import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { EnterKey } from "../../../parts/EnterKey.tsx";
import { PinPad, usePin } from "../../../parts/PinPad.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";

/** A manager's PIN for the one change that stands above it. What was refused is said here, and nothing typed is lost. */
export function ManagerPinDialog(props: {
  readonly words: string;
  readonly onPin: (pin: string) => Promise<IntentFault | null>;
  readonly onClose: () => void;
}) {
  const { words, onPin, onClose } = props;
  const text = useTillText();
  const place = useClockPlace();
  const [fault, setFault] = useState<IntentFault | null>(null);
  const pin = usePin(async (digits) => setFault(await onPin(digits)));
  return (
    <Dialog
      level="approval"
      title={text("approval.title")}
      testId="manager-pin"
      onClose={onClose}
      onKey={pin.hear}
      onEnter={() => void pin.submit()}
    >
      <p>
        <strong>{words}</strong>
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
              testId="manager-pin-enter"
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
