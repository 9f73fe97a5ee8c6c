import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { MemberView } from "#contract/ipc/member-intents.ts";
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

interface Over {
  readonly member: MemberView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Another name or number. The number there is stands masked, and is never sent back here. */
export function ChangeMemberDialog({ member, onClose, onDone }: Over) {
  const text = useMembersText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [name, setName] = useState(member.name);
  const [phone, setPhone] = useState("");
  const [fault, setFault] = useState<IntentFault | null>(null);
  const save = async (to: string | null): Promise<void> => {
    const answer = await send("change-member", { memberId: member.memberId, name: name.trim(), phone: to });
    if (answer.ok) onDone();
    else setFault(answer.fault);
  };
  const confirm = (): void => void save(phone === "" ? null : phone);
  return (
    <Dialog
      title={text("edit.title")}
      testId="member-edit"
      onClose={onClose}
      onEnter={confirm}
      footer={
        <>
          {member.hasPhone && (
            <Press tone="danger" data-testid="member-no-phone" onClick={() => void save("")}>
              {text("edit.remove-phone")}
            </Press>
          )}
          <Press tone="primary" data-testid="member-edit-save" onClick={confirm}>
            {text("edit.save")} <KeyCap>Enter</KeyCap>
          </Press>
        </>
      }
    >
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <TextInput
        label={text("edit.name")}
        size="lg"
        data-autofocus
        data-testid="edit-name"
        value={name}
        maxLength={20}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={text("edit.phone")}
        description={member.hasPhone ? text("edit.phone.now", { label: member.label }) : text("edit.phone.none")}
        inputWrapperOrder={["label", "input", "description"]}
        size="lg"
        inputMode="tel"
        data-testid="edit-phone"
        value={phone}
        maxLength={24}
        autoComplete="off"
        onChange={(event) => {
          setPhone(toHalfWidth(event.currentTarget.value).trim());
          setFault(null);
        }}
      />
    </Dialog>
  );
}

/** Asked once, because nobody can bring them back. */
export function DeleteMemberDialog({ member, onClose, onDone }: Over) {
  const text = useMembersText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [fault, setFault] = useState<IntentFault | null>(null);
  const wipe = async (): Promise<void> => {
    const answer = await send("delete-member", { memberId: member.memberId });
    if (answer.ok) onDone();
    else setFault(answer.fault);
  };
  return (
    <Dialog
      title={text("delete.title")}
      testId="member-delete-dialog"
      onClose={onClose}
      footer={
        <Press tone="danger" data-testid="member-delete-go" onClick={() => void wipe()}>
          {text("delete.go")}
        </Press>
      }
    >
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <p>
        <strong className="figures">{member.label}</strong> {member.name}
      </p>
      <p>{text("delete.words", { points: Math.max(0, member.balance) })}</p>
    </Dialog>
  );
}
