import { IconPrinter, IconUserMinus } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { SaleMemberView } from "#contract/ipc/member-view.ts";
import { fen } from "#core/money/fen.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { closeDialog } from "../../till/desk.ts";
import { send, useFromSection } from "../../till-client.ts";
import { useMembersText } from "./members-texts.ts";

/** The member of the sale: what they have, what the sale earns, and points that pay a part of it. */
export function MemberOnSale({ member }: { readonly member: SaleMemberView }) {
  const text = useMembersText();
  const tillText = useTillText();
  const place = useClockPlace();
  const desk = useMemberDesk(member);
  const { mostSpendable, fenPerPoint } = member;
  const [typed, setTyped] = useState("");
  const canSpend = mostSpendable > 0;
  const count = Number(typed);
  const isReady = /^\d{1,9}$/.test(typed) && count > 0;
  const confirm = (): void => {
    if (isReady) void desk.spend(count);
  };
  return (
    <Dialog
      title={text("dialog.member")}
      size={canSpend ? "wide" : "small"}
      testId="member"
      onClose={closeDialog}
      onEnter={confirm}
    >
      {desk.fault !== null && <TroubleNote text={faultText(desk.fault, tillText, place)} />}
      <div className={canSpend ? "member-parts" : undefined}>
        {canSpend && (
          <AmountField
            label={text("spend.label")}
            unit=""
            text={typed}
            testId="points-input"
            onText={(next) => setTyped(next.replaceAll(".", ""))}
            hint={text("spend.most", { points: mostSpendable, amount: formatMoney(fen(mostSpendable * fenPerPoint)) })}
            enter={<EnterKey word={text("spend.go")} isReady={isReady} onPress={confirm} />}
          />
        )}
        <div className="member-side">
          <MemberFacts member={member} />
          {desk.isPrinted && (
            <p role="status" data-testid="card-printed">
              {text("card.printed")}
            </p>
          )}
          {mostSpendable > member.spent && (
            <Press data-testid="points-all" onClick={() => void desk.spend(mostSpendable)}>
              {text("spend.all")}
            </Press>
          )}
          {member.spent > 0 && (
            <Press data-testid="points-undo" onClick={() => void desk.spend(0)}>
              {text("spend.undo")}
            </Press>
          )}
          {!desk.isTraining && (
            <Press data-testid="card-print" onClick={() => void desk.print()}>
              <IconPrinter size={22} aria-hidden />
              {text("card.print")}
            </Press>
          )}
          <Press tone="danger" data-testid="member-remove" onClick={() => void desk.remove()}>
            <IconUserMinus size={22} aria-hidden />
            {text("remove")}
          </Press>
        </div>
      </div>
    </Dialog>
  );
}

function MemberFacts({ member }: { readonly member: SaleMemberView }) {
  const text = useMembersText();
  const { label, name, balance, earns, spent, spentFen, mostSpendable, fenPerPoint } = member;
  return (
    <>
      <p className="member-who">
        <strong className="figures">{label}</strong>
        <span>{name === "" ? text("name.none") : name}</span>
      </p>
      <dl className="member-facts">
        <div>
          <dt>{text("balance")}</dt>
          <dd className="figures" data-testid="member-balance">
            {balance}
          </dd>
        </div>
        <div>
          <dt>{text("earns")}</dt>
          <dd className="figures" data-testid="member-earns">
            {earns}
          </dd>
        </div>
        {spent > 0 && (
          <div>
            <dt>{text("spent")}</dt>
            <dd className="figures" data-testid="member-spent">
              {text("worth", { points: spent, amount: formatMoney(spentFen) })}
            </dd>
          </div>
        )}
      </dl>
      {mostSpendable === 0 && (
        <p className="dialog-soft" data-testid="member-no-points">
          {text(fenPerPoint === 0 ? "spend.off" : "spend.none")}
        </p>
      )}
    </>
  );
}

/** What the keys of the dialog do; a refusal stays in it. */
function useMemberDesk(member: SaleMemberView) {
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [isPrinted, setPrinted] = useState(false);
  const isTraining = useFromSection("shop", (shop) => shop.isTraining);
  return {
    ...{ fault, isPrinted, isTraining },
    async spend(count: number): Promise<void> {
      const answer = await send("spend-points", { count });
      setFault(answer.ok ? null : answer.fault);
      if (answer.ok && count > 0) closeDialog();
    },
    async print(): Promise<void> {
      const answer = await send("print-member-card", { memberId: member.memberId });
      setFault(answer.ok ? null : answer.fault);
      setPrinted(answer.ok);
    },
    async remove(): Promise<void> {
      const answer = await send("set-member", { memberId: null });
      if (answer.ok) closeDialog();
      else setFault(answer.fault);
    },
  };
}
