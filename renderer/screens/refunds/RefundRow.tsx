import { IconCircleCheckFilled, IconCircleXFilled, IconHelpCircleFilled } from "@tabler/icons-react";
import type { RefundView } from "#contract/ipc/refund-view.ts";
import { timeOnPaper } from "#core/receipt/elements.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { Press } from "../../parts/Press.tsx";
import { useManagerText, type ManagerKey } from "../manager/manager-texts.ts";

const icons = {
  paid: IconCircleCheckFilled,
  "not-paid": IconCircleXFilled,
  "not-known": IconHelpCircleFilled,
} as const;

/** One refund: its word, what is going on, and the only things that make sense to press. */
export function RefundRow(props: {
  readonly refund: RefundView;
  readonly isOfMany: boolean;
  readonly onRetry: () => void;
  readonly onSettled: () => void;
  readonly onSendOnward: () => void;
}) {
  const { refund, isOfMany } = props;
  const text = useManagerText();
  const common = useCommonText();
  const word = shownWord(refund);
  const Icon = icons[word];
  const sentence = sentenceOf(refund);
  const canSettle = refund.needsManager && refund.state !== "abnormal" && !isOpen(refund);
  return (
    <li data-testid="refund-row" data-word={word} data-state={refund.state}>
      <div className="refund-head">
        <strong className={`refund-word refund-${word}`}>
          <Icon size={20} aria-hidden />
          {text(`refund.word.${word}`)}
        </strong>
        <span>{common(`tender.${refund.kind}`)}</span>
        <strong className="figures refund-amount">{formatMoney(refund.amountFen)}</strong>
      </div>
      {isOfMany && (
        <small className="figures">{refund.saleNumber === "" ? refund.outTradeNo : refund.saleNumber}</small>
      )}
      <small className="figures">
        {timeOnPaper(refund.requestedAt)} · {refund.cashierName}
      </small>
      {refund.reason !== "" && <small>{refund.reason}</small>}
      {refund.soldBy !== null && <small>{text("refund.sold-by", { till: refund.soldBy })}</small>}
      {refund.isUnchecked && (
        <small className="refund-unchecked" data-testid="refund-unchecked">
          {text("refund.unchecked")}
        </small>
      )}
      {sentence !== null && <p>{text(sentence)}</p>}
      {refund.onwardRefused !== null && refund.canSendOnward && (
        <p>{text("refund.onward-refused", { code: refund.onwardRefused })}</p>
      )}
      {(refund.canRetry || refund.canSendOnward || canSettle) && (
        <div className="refund-acts">
          {refund.canRetry && (
            <Press data-testid="refund-retry" onClick={props.onRetry}>
              {text("refund.retry")}
            </Press>
          )}
          {refund.canSendOnward && (
            <Press data-testid="refund-onward" onClick={props.onSendOnward}>
              {text("refund.onward")}
            </Press>
          )}
          {canSettle && (
            <Press data-testid="refund-settled" onClick={props.onSettled}>
              {text("refund.settled")}
            </Press>
          )}
        </div>
      )}
    </li>
  );
}

/** Stuck money that came to the shop's own account is with the customer only when somebody has paid it out. */
export function shownWord({ word, onwardTo, isHandled }: RefundView): RefundView["word"] {
  return word === "paid" && onwardTo === "shop-account" && !isHandled ? "not-paid" : word;
}

function isOpen({ word }: RefundView): boolean {
  return word === "not-known";
}

/** What the word leaves open: why it was not given back, or what it waits for. */
function sentenceOf({ state, refusedReason, onwardTo, onwardRefused, isHandled }: RefundView): ManagerKey | null {
  if (isHandled) return "refund.state.handled";
  switch (state) {
    case "succeeded":
      return onwardTo === "shop-account" ? "refund.state.at-shop" : null;
    case "processing":
      return onwardTo === null ? "refund.state.on-its-way" : `refund.state.onward.${onwardTo}`;
    case "abnormal":
      return onwardTo !== null && onwardRefused === null ? "refund.state.onward.asked" : "refund.state.abnormal";
    case "closed":
      return "refund.state.closed";
    case "refused":
      return refusedReason === null ? null : `refund.refused.${refusedReason}`;
    case "requested":
    case "sent":
    case "unknown":
      return "refund.state.not-known";
  }
}
