import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { toHalfWidth } from "#core/money/half-width.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { send } from "../../till-client.ts";
import { useMembersText } from "./members-texts.ts";

/** Somebody new: a number, a name, or neither; the sale is theirs from then on. */
export function EnrolDialog(props: { readonly phone: string; readonly onClose: () => void }) {
  const { onClose } = props;
  const text = useMembersText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [phone, setPhone] = useState(props.phone);
  const [name, setName] = useState("");
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const enrol = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    const answer = await send("enrol-member", { phone, name: name.trim() });
    setBusy(false);
    if (answer.ok) onClose();
    else setFault(answer.fault);
  };
  return (
    <Dialog
      title={text("enrol.title")}
      testId="member-new"
      onClose={onClose}
      onEnter={() => void enrol()}
      footer={
        <Press tone="primary" data-testid="member-save" disabled={isBusy} onClick={() => void enrol()}>
          {text("enrol.go")} <KeyCap>Enter</KeyCap>
        </Press>
      }
    >
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <TextInput
        label={text("enrol.phone")}
        description={text("enrol.phone.help")}
        inputWrapperOrder={["label", "input", "description"]}
        size="lg"
        data-autofocus
        data-testid="member-phone"
        inputMode="tel"
        value={phone}
        maxLength={24}
        autoComplete="off"
        onChange={(event) => {
          setPhone(toHalfWidth(event.currentTarget.value).trim());
          setFault(null);
        }}
      />
      <TextInput
        label={text("enrol.name")}
        size="lg"
        data-testid="member-name"
        value={name}
        maxLength={20}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {phone === "" && <p className="dialog-soft">{text("enrol.card")}</p>}
    </Dialog>
  );
}
