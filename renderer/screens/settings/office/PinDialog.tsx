import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { PersonView } from "#contract/ipc/till-view.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { EnterKey } from "../../../parts/EnterKey.tsx";
import { PinPad, usePin } from "../../../parts/PinPad.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { send } from "../../../till-client.ts";
import { useSyncText } from "../../sync/sync-texts.ts";

/** The new PIN, the same once more, and a manager's word for it. */
type Step =
  | { readonly kind: "new" }
  | { readonly kind: "again"; readonly pin: string }
  | { readonly kind: "approve"; readonly pin: string };

/** Gives somebody their PIN. The person types it, twice; the manager's own PIN ends it. */
export function PinDialog({
  person,
  onClose,
}: {
  readonly person: Pick<PersonView, "id" | "name">;
  readonly onClose: () => void;
}) {
  const text = useSyncText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [step, setStep] = useState<Step>({ kind: "new" });
  const [trouble, setTrouble] = useState<IntentFault | "not-the-same" | null>(null);

  const take = async (digits: string): Promise<void> => {
    setTrouble(null);
    if (step.kind === "new") return setStep({ kind: "again", pin: digits });
    if (step.kind === "again") {
      if (digits === step.pin) return setStep({ kind: "approve", pin: digits });
      setTrouble("not-the-same");
      return setStep({ kind: "new" });
    }
    const answer = await send("set-pin", { cashierId: person.id, pin: step.pin, approvalPin: digits });
    if (answer.ok) return onClose();
    setTrouble(answer.fault);
    if (answer.fault.kind === "pin-taken") setStep({ kind: "new" });
  };
  const pin = usePin(take);
  const words =
    trouble === null || trouble === "not-the-same" ? text("people.not-the-same") : faultText(trouble, tillText, place);
  return (
    <Dialog
      title={text("people.title", { name: person.name })}
      testId="give-pin-dialog"
      onClose={onClose}
      onKey={pin.hear}
      onEnter={() => void pin.submit()}
    >
      {trouble !== null && <TroubleNote text={words} />}
      <div className="dialog-center" data-testid="give-pin-step" data-step={step.kind}>
        <PinPad
          label={text(`people.step.${step.kind}`, { name: person.name })}
          pin={pin}
          enter={
            <EnterKey
              testId="give-pin-enter"
              word={text(step.kind === "approve" ? "people.confirm" : "people.on")}
              isReady={pin.isLongEnough}
              onPress={() => void pin.submit()}
            />
          }
        />
      </div>
    </Dialog>
  );
}
