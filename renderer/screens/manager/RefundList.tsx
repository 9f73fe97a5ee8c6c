import "./refund.css";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intents.ts";
import type { RefundView } from "#contract/ipc/refund-view.ts";
import { timeOnPaper } from "#core/receipt/elements.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { actInDialog } from "../../till/desk.ts";
import { useManagerText, type ManagerKey } from "./manager-texts.ts";

/** What was given back of a sale, oldest first, each with its word; what was not may be tried again. */
export function RefundList(props: { readonly refunds: readonly RefundView[]; readonly onRetried: () => void }) {
  const text = useManagerText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [fault, setFault] = useState<IntentFault | null>(null);
  const retry = async (refundNo: string): Promise<void> => {
    setFault(await actInDialog("retry-refund", { refundNo }, props.onRetried));
  };
  return (
    <section aria-label={text("refunds")} className="refunds">
      <h3>{text("refunds")}</h3>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <ul>
        {props.refunds.map((refund) => (
          <RefundRow key={refund.refundNo} refund={refund} onRetry={() => void retry(refund.refundNo)} />
        ))}
      </ul>
    </section>
  );
}

function RefundRow({ refund, onRetry }: { readonly refund: RefundView; readonly onRetry: () => void }) {
  const text = useManagerText();
  const common = useCommonText();
  const sentence = sentenceOf(refund);
  return (
    <li data-testid="refund-row" data-word={refund.word}>
      <div className="refund-head">
        <strong className={`refund-word refund-${refund.word}`}>{text(`refund.word.${refund.word}`)}</strong>
        <span>{common(`tender.${refund.kind}`)}</span>
        <strong className="figures refund-amount">{formatMoney(refund.amountFen)}</strong>
      </div>
      <small className="figures">
        {timeOnPaper(refund.requestedAt)} · {refund.cashierName}
      </small>
      {refund.reason !== "" && <small>{refund.reason}</small>}
      {sentence !== null && <p>{text(sentence)}</p>}
      {refund.canRetry && (
        <Press data-testid="refund-retry" onClick={onRetry}>
          {text("refund.retry")}
        </Press>
      )}
    </li>
  );
}

/** What the word leaves open: why it was not given back, or what it waits for. */
function sentenceOf({ state, refusedReason }: RefundView): ManagerKey | null {
  switch (state) {
    case "succeeded":
      return null;
    case "processing":
      return "refund.state.on-its-way";
    case "abnormal":
    case "closed":
      return `refund.state.${state}`;
    case "refused":
      return refusedReason === null ? null : `refund.refused.${refusedReason}`;
    case "requested":
    case "sent":
    case "unknown":
      return "refund.state.not-known";
  }
}
