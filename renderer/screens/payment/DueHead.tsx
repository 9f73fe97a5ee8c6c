import { IconArrowLeft, IconBrandWechat, IconCash, IconNotes, IconX } from "@tabler/icons-react";
import type { PaymentView, TenderView } from "#contract/ipc/till-view.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Money } from "../../parts/Money.tsx";
import { Press } from "../../parts/Press.tsx";
import { act } from "../../till/desk.ts";

/** What the customer still owes, larger than anything else here, and what has been taken already. */
export function DueHead(props: {
  readonly payment: PaymentView;
  readonly isCompact: boolean;
  /** Back to the cart: refused by main while a payment is not known yet, so not offered then. */
  readonly canLeave: boolean;
}) {
  const { payment, isCompact, canLeave } = props;
  const text = useTillText();
  const { tenders, leftFen, totalFen } = payment;
  const isSplit = tenders.length > 0;
  return (
    <div className={`due ${isCompact ? "due-compact" : ""}`}>
      <div className="due-row">
        {canLeave && (
          <Press data-testid="leave-payment" onClick={() => void act("leave-payment", {})}>
            <IconArrowLeft size={22} aria-hidden />
            {text("payment.back")} <KeyCap>Esc</KeyCap>
          </Press>
        )}
        <span className="due-words">
          <span className="due-label">{text(isSplit ? "payment.left" : "payment.due")}</span>
          <output className="due-amount" data-testid="left-to-pay" data-fen={leftFen}>
            <Money fen={leftFen} />
          </output>
        </span>
      </div>
      {isSplit && (
        <ul className="due-tenders" aria-label={text("payment.tenders")}>
          <li>
            {text("payment.due")} <Money fen={totalFen} />
          </li>
          {tenders.map((tender) => (
            <Tender key={tender.tenderId} tender={tender} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** What the cashier's word made a part can be taken out again; a WeChat payment goes back by refund only. */
function Tender({ tender }: { readonly tender: TenderView }) {
  const text = useTillText();
  const common = useCommonText();
  const Icon = { cash: IconCash, wechat: IconBrandWechat, "static-code": IconNotes }[tender.kind];
  const removeWord = text(tender.kind === "cash" ? "payment.remove-cash" : "payment.remove-code");
  return (
    <li className="due-tender" data-testid="tender" data-kind={tender.kind}>
      <Icon size={20} aria-hidden />
      {common(`tender.${tender.kind}`)}
      <Money fen={tender.amountFen} />
      {tender.kind !== "wechat" && (
        <button
          type="button"
          className="due-remove"
          aria-label={removeWord}
          title={removeWord}
          onClick={() => void act("remove-tender", { tenderId: tender.tenderId })}
        >
          <IconX size={20} aria-hidden />
        </button>
      )}
    </li>
  );
}
