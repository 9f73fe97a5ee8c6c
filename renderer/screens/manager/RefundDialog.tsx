import "./refund.css";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intents.ts";
import type { SaleDetailView } from "#contract/ipc/manager-view.ts";
import type { RefundableView } from "#contract/ipc/refund-view.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { formatYuan, parseYuan } from "#core/money/yuan.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { actInDialog } from "../../till/desk.ts";
import { useManagerText } from "./manager-texts.ts";

/** Longest reason (contract/ipc/intents.ts). */
const mostReasonCharacters = 40;

/** Money back for one payment of a sale: which, how much, and why. `onLeave` is called when it is given or given up. */
export function RefundDialog({ detail, onLeave }: { readonly detail: SaleDetailView; readonly onLeave: () => void }) {
  const text = useManagerText();
  const { saleId, saleNumber } = detail.sale;
  const form = useRefundForm(detail.refundable);
  // One for every press of the key: the second gives nothing twice.
  const [requestId] = useState(() => crypto.randomUUID());
  const [trouble, setTrouble] = useState<IntentFault | "bad" | null>(null);

  const confirm = async (): Promise<void> => {
    const { tenderId, amountFen, reason } = form;
    if (tenderId === null || amountFen === null || reason === "") {
      setTrouble("bad");
      return;
    }
    setTrouble(await actInDialog("refund-sale", { requestId, saleId, tenderId, amountFen, reason }, onLeave));
  };
  return (
    <Dialog
      title={text("refund.title", { number: saleNumber })}
      size="wide"
      testId="refund-dialog"
      onClose={onLeave}
      onEnter={() => void confirm()}
    >
      {trouble !== null && <RefundTrouble trouble={trouble} />}
      <div className="refund-form">
        <div className="refund-what">
          <RefundableTenders refundable={detail.refundable} chosenId={form.tenderId} onChoose={form.choose} />
          <TextInput
            label={text("refund.reason")}
            description={text("refund.reason.hint")}
            size="md"
            required
            value={form.typedReason}
            maxLength={mostReasonCharacters}
            data-testid="refund-reason"
            onChange={(event) => form.setReason(event.currentTarget.value)}
          />
        </div>
        <AmountField
          label={text("refund.amount")}
          unit="¥"
          text={form.typed}
          onText={form.setTyped}
          testId="refund-amount"
          hint={text("refund.most", { amount: formatMoney(form.remainingFen) })}
          enter={
            <EnterKey
              testId="refund-confirm"
              word={text("refund.confirm")}
              isReady={form.amountFen !== null && form.reason !== ""}
              onPress={() => void confirm()}
            />
          }
        />
      </div>
    </Dialog>
  );
}

/** What has been chosen and typed; `amountFen` is null until it is an amount above nothing. Main knows the most. */
function useRefundForm(refundable: readonly RefundableView[]) {
  const [tenderId, setTenderId] = useState(
    () => refundable.find(({ remainingFen }) => remainingFen > 0)?.tenderId ?? null,
  );
  const remainingFen = remainingOf(refundable, tenderId);
  const [typed, setTyped] = useState(() => asTyped(remainingFen));
  const [typedReason, setReason] = useState("");
  const parsed = parseYuan(typed);
  return {
    tenderId,
    remainingFen,
    typed,
    setTyped,
    amountFen: parsed.ok && parsed.value > 0 ? parsed.value : null,
    typedReason,
    reason: typedReason.trim(),
    setReason,
    choose(chosenId: string): void {
      setTenderId(chosenId);
      setTyped(asTyped(remainingOf(refundable, chosenId)));
    },
  };
}

function remainingOf(refundable: readonly RefundableView[], tenderId: string | null): Fen {
  return refundable.find((one) => one.tenderId === tenderId)?.remainingFen ?? fen(0);
}

/** As a cashier would type it: the field takes no groups of three. */
function asTyped(amountFen: Fen): string {
  return formatYuan(amountFen).replaceAll(",", "");
}

function RefundTrouble({ trouble }: { readonly trouble: IntentFault | "bad" }) {
  const text = useManagerText();
  const tillText = useTillText();
  const place = useClockPlace();
  return <TroubleNote text={trouble === "bad" ? text("refund.bad") : faultText(trouble, tillText, place)} />;
}

function RefundableTenders(props: {
  readonly refundable: readonly RefundableView[];
  readonly chosenId: string | null;
  readonly onChoose: (tenderId: string) => void;
}) {
  const text = useManagerText();
  const common = useCommonText();
  return (
    <div className="refund-tenders" role="group" aria-label={text("refund.of")}>
      {props.refundable.map(({ tenderId, kind, remainingFen }) => (
        <Press
          key={tenderId}
          data-testid="refund-tender"
          aria-pressed={tenderId === props.chosenId}
          disabled={remainingFen === 0}
          onClick={() => props.onChoose(tenderId)}
        >
          <span>
            <i className={`manager-dot manager-tender-${kind}`} aria-hidden="true" />
            {common(`tender.${kind}`)}
          </span>
          <small className="figures">{text("refund.remaining", { amount: formatMoney(remainingFen) })}</small>
        </Press>
      ))}
    </div>
  );
}
