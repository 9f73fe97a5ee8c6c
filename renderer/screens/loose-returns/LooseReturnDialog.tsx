import "../returns/returns.css";
import "./loose-returns.css";
import { TextInput } from "@mantine/core";
import { IconArrowsExchange, IconPrinter, IconReceiptRefund } from "@tabler/icons-react";
import type { LooseReturnView } from "#contract/ipc/loose-return-intents.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { ActionKey } from "../../parts/ActionKey.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { closeDialog, openDialog } from "../../till/desk.ts";
import { RefundTrouble } from "../refunds/RefundTrouble.tsx";
import { ReturnReason } from "../returns/ReturnReason.tsx";
import { useReturnText } from "../returns/return-texts.ts";
import { FindGoods } from "./FindGoods.tsx";
import { LooseLines } from "./LooseLines.tsx";
import { useLooseReturn } from "./use-loose-return.ts";

/** 无小票退货: goods of which nobody knows the sale, taken back for cash or exchanged for others. */
export function LooseReturnDialog() {
  const text = useReturnText();
  const form = useLooseReturn();
  const { lines, amountFen, isReady, isWrong, trouble, note, done } = form;
  if (done !== null) return <Given done={done} />;
  return (
    <Dialog
      title={text("loose.title")}
      size="broad"
      testId="loose-return"
      onClose={closeDialog}
      onEnter={form.enter}
      onKey={form.hear}
      footer={
        <>
          <Press data-testid="loose-exchange" disabled={!isReady} onClick={() => void form.exchange()}>
            <IconArrowsExchange size={22} aria-hidden />
            {text("loose.exchange")} <ActionKey action="exchange" />
          </Press>
          <Press tone="primary" data-testid="loose-confirm" disabled={!isReady} onClick={() => void form.confirm()}>
            <IconReceiptRefund size={22} aria-hidden />
            {text("loose.confirm")} <KeyCap>Enter</KeyCap>
          </Press>
        </>
      }
    >
      {trouble !== null && <RefundTrouble trouble={trouble} />}
      {isWrong && <TroubleNote text={text("loose.bad")} />}
      <div className="return-form">
        <section className="loose-goods">
          <FindGoods
            search={form.search}
            onSearch={form.setSearch}
            found={form.found}
            at={form.at}
            onChoose={form.add}
          />
          {note !== null && <TroubleNote text={note} />}
          <LooseLines lines={lines} onChange={form.change} onRemove={form.remove} />
        </section>
        <div className="return-side">
          <ReturnReason reason={form.reason} onReason={form.setReason} />
          <TextInput
            label={text("loose.member")}
            description={text("loose.member.hint")}
            inputWrapperOrder={["label", "input", "description"]}
            size="md"
            maxLength={40}
            autoComplete="off"
            value={form.member}
            data-testid="loose-member"
            onChange={(event) => form.setMember(event.currentTarget.value)}
          />
          <div className="loose-cash">
            <span>{text("loose.cash")}</span>
            <output className="figures" data-testid="loose-amount">
              {formatMoney(amountFen)}
            </output>
            <small>{text("loose.way")}</small>
          </div>
        </div>
      </div>
    </Dialog>
  );
}

/** What is put into the customer's hand, large; the paper is on its way. */
function Given({ done }: { readonly done: LooseReturnView }) {
  const text = useReturnText();
  return (
    <Dialog
      title={text("loose.title")}
      testId="loose-done"
      onClose={closeDialog}
      onEnter={closeDialog}
      footer={
        <div className="refund-foot">
          <Press
            data-testid="loose-show-paper"
            onClick={() => openDialog({ kind: "loose-paper", returnNumber: done.returnNumber })}
          >
            <IconPrinter size={22} aria-hidden />
            {text("loose.reprint")}
          </Press>
          <Press tone="primary" data-testid="loose-close" onClick={closeDialog}>
            {text("loose.done.close")} <KeyCap>Enter</KeyCap>
          </Press>
        </div>
      }
    >
      <div className="loose-given" role="status">
        <strong className="figures">{text("loose.done", { amount: formatMoney(done.amountFen) })}</strong>
        <span className="figures" data-testid="loose-number">
          {text("loose.done.number", { number: done.returnNumber })}
        </span>
        {done.pointsTakenBack > 0 && <span>{text("loose.done.points", { points: done.pointsTakenBack })}</span>}
      </div>
    </Dialog>
  );
}
