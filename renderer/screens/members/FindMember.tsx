import { TextInput } from "@mantine/core";
import { IconSearch, IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { MemberView } from "#contract/ipc/member-intents.ts";
import { toHalfWidth } from "#core/money/half-width.ts";
import { readPhone } from "#core/members/phone.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { closeDialog } from "../../till/desk.ts";
import { send } from "../../till-client.ts";
import { useMembersText } from "./members-texts.ts";

/** By phone number, its last digits or a card; where one alone is found, the sale is theirs at once. */
export function FindMember({ onEnrol }: { readonly onEnrol: (phone: string) => void }) {
  const text = useMembersText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<readonly MemberView[] | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const phone = readPhone(typed);
  const choose = async (memberId: string): Promise<void> => {
    const answer = await send("set-member", { memberId });
    setFault(answer.ok ? null : answer.fault);
  };
  const find = async (): Promise<void> => {
    if (typed === "") return;
    const answer = await send("find-members", { text: typed });
    setFault(answer.ok ? null : answer.fault);
    setFound(answer.ok ? answer.value : null);
    const [only, ...others] = answer.ok ? answer.value : [];
    // A whole number or a card is one person's; four digits are looked at first.
    if (only !== undefined && others.length === 0 && typed.length > 4) await choose(only.memberId);
  };
  return (
    <Dialog
      title={text("dialog.find")}
      testId="member"
      onClose={closeDialog}
      onEnter={() => void find()}
      footer={
        <>
          <Press data-testid="member-enrol" onClick={() => onEnrol(phone ?? "")}>
            <IconUserPlus size={22} aria-hidden />
            {text("enrol.open")}
          </Press>
          <Press tone="primary" data-testid="member-search" disabled={typed === ""} onClick={() => void find()}>
            <IconSearch size={22} aria-hidden />
            {text("find.go")} <KeyCap>Enter</KeyCap>
          </Press>
        </>
      }
    >
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <TextInput
        label={text("find.label")}
        description={text("find.help")}
        inputWrapperOrder={["label", "input", "description"]}
        size="lg"
        data-autofocus
        data-testid="member-text"
        value={typed}
        maxLength={40}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped(toHalfWidth(event.currentTarget.value).trim());
          setFault(null);
          setFound(null);
        }}
      />
      {found !== null && <Found found={found} isPhone={phone !== null} onChoose={(id) => void choose(id)} />}
    </Dialog>
  );
}

function Found(props: {
  readonly found: readonly MemberView[];
  readonly isPhone: boolean;
  readonly onChoose: (memberId: string) => void;
}) {
  const { found, isPhone, onChoose } = props;
  const text = useMembersText();
  if (found.length === 0)
    return (
      <p role="status" data-testid="member-none">
        {text(isPhone ? "find.none" : "find.none-any")}
      </p>
    );
  return (
    <section className="member-found">
      <p role="status">{text("find.found", { count: found.length })}</p>
      <ul>
        {found.map(({ memberId, label, name, balance }) => (
          <li key={memberId}>
            <Press data-testid="member-found" onClick={() => onChoose(memberId)}>
              <span className="figures">{label}</span>
              <span className="member-found-name">{name}</span>
              <span className="figures">{text("points", { points: balance })}</span>
            </Press>
          </li>
        ))}
      </ul>
    </section>
  );
}
