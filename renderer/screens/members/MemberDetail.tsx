import { IconPencil, IconPrinter, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { MemberRowView } from "#contract/ipc/member-intents.ts";
import { formatIsoDay } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { send } from "../../till-client.ts";
import { ChangeMemberDialog, DeleteMemberDialog } from "./MemberDialogs.tsx";
import { useMembersText } from "./members-texts.ts";
import { PointHistory } from "./PointHistory.tsx";

/** One member: who they are, masked, what they have, and what may be done about it. */
export function MemberDetail(props: {
  readonly member: MemberRowView;
  readonly canPrint: boolean;
  readonly onSale: (saleId: string) => void;
  readonly onFault: (fault: IntentFault | null) => void;
  readonly onChanged: () => void;
  readonly onDeleted: () => void;
}) {
  const { member, canPrint, onSale, onFault, onChanged, onDeleted } = props;
  const { memberId, name, label, card, hasPhone, balance, enrolledAtMs } = member;
  const text = useMembersText();
  const place = useClockPlace();
  const [open, setOpen] = useState<"change" | "delete" | null>(null);
  const [isPrinted, setPrinted] = useState(false);
  const close = (): void => setOpen(null);
  const print = async (): Promise<void> => {
    const answer = await send("print-member-card", { memberId });
    setPrinted(answer.ok);
    onFault(answer.ok ? null : answer.fault);
  };
  return (
    <section className="manager-card member-detail" aria-label={label} data-testid="member-detail">
      <header className="member-detail-head">
        <div>
          <h2>{name === "" ? text("name.none") : name}</h2>
          <p className="manager-soft figures">
            {hasPhone ? `${label} · ` : ""}
            {card} · {text("since", { date: formatIsoDay(enrolledAtMs, place) })}
          </p>
        </div>
        <strong className="figures member-detail-balance" data-testid="member-detail-balance">
          {text("history.balance", { points: balance })}
        </strong>
      </header>
      <div className="member-detail-keys">
        <Press data-testid="member-change" onClick={() => setOpen("change")}>
          <IconPencil size={20} aria-hidden />
          {text("edit")}
        </Press>
        {canPrint && (
          <Press data-testid="member-card" onClick={() => void print()}>
            <IconPrinter size={20} aria-hidden />
            {text("card.print")}
          </Press>
        )}
        <Press tone="danger" data-testid="member-delete" onClick={() => setOpen("delete")}>
          <IconTrash size={20} aria-hidden />
          {text("delete")}
        </Press>
        {isPrinted && <span role="status">{text("card.printed")}</span>}
      </div>
      <PointHistory memberId={memberId} balance={balance} onSale={onSale} />
      {open === "change" && (
        <ChangeMemberDialog
          member={member}
          onClose={close}
          onDone={() => {
            close();
            onChanged();
          }}
        />
      )}
      {open === "delete" && <DeleteMemberDialog member={member} onClose={close} onDone={onDeleted} />}
    </section>
  );
}
