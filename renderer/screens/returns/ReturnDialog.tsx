import "./returns.css";
import { IconArrowsExchange, IconReceiptRefund } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { ReturnableView } from "#contract/ipc/return-view.ts";
import { ActionKey } from "../../parts/ActionKey.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { actInDialog, closeDialog, pageStore } from "../../till/desk.ts";
import { isKeyOf } from "../../till/key-map.ts";
import { isTyping } from "../../till/keys.ts";
import { RefundTrouble } from "../refunds/RefundTrouble.tsx";
import { allOrNothing, askedLines, type Chosen, stepped, withCondition } from "./chosen-lines.ts";
import { ReturnLines } from "./ReturnLines.tsx";
import { ReturnPlan } from "./ReturnPlan.tsx";
import { ReturnReason } from "./ReturnReason.tsx";
import { useReturnText } from "./return-texts.ts";
import { usePlan, useReturnable } from "./use-return.ts";

/** Goods of a sale that come back: which, how many, why, and how their money goes back. */
export function ReturnDialog(props: {
  readonly saleId: string;
  readonly onLeave: () => void;
  /** An amount without goods. */
  readonly onAmount: () => void;
}) {
  const { saleId, onLeave, onAmount } = props;
  const text = useReturnText();
  const { sale, fault } = useReturnable(saleId);
  const isUnknown = fault?.kind === "return-goods-unknown";
  if (sale !== null) return <ReturnForm sale={sale} onLeave={onLeave} onAmount={onAmount} />;
  return (
    <Dialog
      title={text("title", { number: "" })}
      size="broad"
      testId="return-asking"
      onClose={onLeave}
      {...(isUnknown ? { onEnter: onAmount } : {})}
    >
      {fault === null ? <p role="status">{text("asking")}</p> : <RefundTrouble trouble={fault} />}
      {isUnknown && (
        <Press data-testid="return-by-amount" onClick={onAmount}>
          {text("by-amount")} <KeyCap>Enter</KeyCap>
        </Press>
      )}
    </Dialog>
  );
}

function ReturnForm(props: {
  readonly sale: ReturnableView;
  readonly onLeave: () => void;
  readonly onAmount: () => void;
}) {
  const { sale, onLeave, onAmount } = props;
  const text = useReturnText();
  const form = useReturnForm(sale, onLeave);
  const { chosen, setChosen, current, setCurrent, reason, setReason, plan, trouble, isAsking, isReady } = form;
  return (
    <Dialog
      title={text("title", { number: sale.saleNumber })}
      size="broad"
      testId="return-dialog"
      onClose={onLeave}
      onEnter={() => void form.confirm("give-return")}
      onKey={form.hear}
      footer={
        <>
          <Press className="return-by-amount" data-testid="return-by-amount" onClick={onAmount}>
            {text("by-amount")}
          </Press>
          <Press data-testid="return-exchange" disabled={!isReady} onClick={() => void form.confirm("begin-exchange")}>
            <IconArrowsExchange size={22} aria-hidden />
            {text("exchange")} <ActionKey action="exchange" />
          </Press>
          <Press
            tone="primary"
            data-testid="return-confirm"
            disabled={!isReady}
            onClick={() => void form.confirm("give-return")}
          >
            <IconReceiptRefund size={22} aria-hidden />
            {text("confirm")} <KeyCap>Enter</KeyCap>
          </Press>
        </>
      }
    >
      {trouble !== null && <RefundTrouble trouble={trouble} />}
      <div className="return-form">
        <ReturnLines {...{ lines: sale.lines, chosen, current }} onChosen={setChosen} onCurrent={setCurrent} />
        <div className="return-side">
          <ReturnReason reason={reason} onReason={setReason} />
          <ReturnPlan sale={sale} plan={plan} isAsking={isAsking} />
        </div>
      </div>
    </Dialog>
  );
}

/** What is chosen and typed, and the two keys that end it. */
function useReturnForm(sale: ReturnableView, onLeave: () => void) {
  const text = useReturnText();
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const [current, setCurrent] = useState(() => sale.lines.find(({ remaining }) => remaining > 0)?.lineNumber ?? 1);
  const [reason, setReason] = useState<string>(text("reason.unwanted"));
  // One for every press of the key: the second gives nothing twice.
  const [requestId] = useState(() => crypto.randomUUID());
  const [refused, setRefused] = useState<IntentFault | null>(null);
  const [isAsking, setAsking] = useState(false);
  const { plan, fault } = usePlan(sale.saleId, chosen);
  const isReady = plan !== null && reason.trim() !== "" && !isAsking;

  const confirm = async (intent: "give-return" | "begin-exchange"): Promise<void> => {
    if (plan === null || !isReady) return;
    const lines = askedLines(chosen);
    const asked = { requestId, saleId: sale.saleId, lines, amountFen: plan.amountFen, reason: reason.trim() };
    setRefused(null);
    setAsking(true);
    const leave = intent === "give-return" ? onLeave : toCart;
    setRefused(await actInDialog(intent, asked, leave));
    setAsking(false);
  };

  const hear = (event: KeyboardEvent): boolean => {
    if (isKeyOf("exchange", event)) {
      if (!event.repeat) void confirm("begin-exchange");
      return true;
    }
    const index = sale.lines.findIndex(({ lineNumber }) => lineNumber === current);
    const line = sale.lines[index];
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const next = sale.lines[index + (event.key === "ArrowUp" ? -1 : 1)];
      if (next !== undefined) setCurrent(next.lineNumber);
      return true;
    }
    const change = isTyping(event) ? undefined : changes[event.key];
    if (change === undefined || line === undefined) return false;
    setChosen(change(chosen, line));
    return true;
  };
  const forget = (next: Chosen): void => {
    setChosen(next);
    setRefused(null);
  };
  return {
    ...{ chosen, setChosen: forget, current, setCurrent, reason, setReason, plan, confirm, hear, isAsking, isReady },
    trouble: refused ?? fault,
  };
}

const changes: Readonly<Record<string, (chosen: Chosen, line: ReturnableView["lines"][number]) => Chosen>> = {
  "+": (chosen, line) => stepped(chosen, line, 1),
  "-": (chosen, line) => stepped(chosen, line, -1),
  "*": allOrNothing,
  d: withCondition,
  D: withCondition,
};

/** The goods stand in the cart: the new ones are scanned there. */
function toCart(): void {
  closeDialog();
  pageStore.set("till");
}
