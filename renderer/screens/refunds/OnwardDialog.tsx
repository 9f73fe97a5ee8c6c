import "./refund.css";
import { NativeSelect, TextInput } from "@mantine/core";
import { IconBuildingBank, IconCreditCard } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { RefundView } from "#contract/ipc/refund-view.ts";
import type { OnwardTarget } from "#core/refund/refund.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { actInDialog } from "../../till/desk.ts";
import { useManagerText } from "../manager/manager-texts.ts";
import { banks } from "./banks.ts";
import { RefundTrouble } from "./RefundTrouble.tsx";

/** Longest card number and name (contract/ipc/intents.ts). */
const mostDigits = 19;
const mostNameCharacters = 32;

/** Where the money of a stuck refund goes. What is typed here goes to the gateway and is gone when the dialog closes. */
export function OnwardDialog({ refund, onLeave }: { readonly refund: RefundView; readonly onLeave: () => void }) {
  const text = useManagerText();
  const [to, setTo] = useState<OnwardTarget>("customer-card");
  const [card, setCard] = useState<Card>({ bankType: banks[0].type, account: "", name: "" });
  const [trouble, setTrouble] = useState<IntentFault | "bad" | null>(null);
  const isReady = to === "shop-account" || (/^\d{12,19}$/.test(card.account) && card.name.trim() !== "");

  const confirm = async (): Promise<void> => {
    if (!isReady) return;
    const { refundNo } = refund;
    const onward = to === "shop-account" ? ({ to } as const) : ({ to, ...card } as const);
    setTrouble(await actInDialog("send-refund-onward", { refundNo, onward }, onLeave));
  };
  return (
    <Dialog
      title={text("onward.title", { amount: formatMoney(refund.amountFen) })}
      testId="onward"
      onClose={onLeave}
      onEnter={() => void confirm()}
      footer={
        <div className="refund-foot">
          <Press tone="primary" data-testid="onward-confirm" disabled={!isReady} onClick={() => void confirm()}>
            {text("onward.confirm")} <KeyCap>Enter</KeyCap>
          </Press>
        </div>
      }
    >
      <p>{text("onward.explain")}</p>
      {trouble !== null && <RefundTrouble trouble={trouble} />}
      <div className="refund-tenders" role="group" aria-label={text("onward.where")}>
        <Press data-testid="onward-card" aria-pressed={to === "customer-card"} onClick={() => setTo("customer-card")}>
          <span>
            <IconCreditCard size={22} aria-hidden />
            {text("onward.card")}
          </span>
          <small>{text("onward.card.hint")}</small>
        </Press>
        <Press data-testid="onward-shop" aria-pressed={to === "shop-account"} onClick={() => setTo("shop-account")}>
          <span>
            <IconBuildingBank size={22} aria-hidden />
            {text("onward.shop")}
          </span>
          <small>{text("onward.shop.hint")}</small>
        </Press>
      </div>
      {to === "customer-card" && <CardFields card={card} onCard={setCard} />}
    </Dialog>
  );
}

interface Card {
  readonly bankType: string;
  readonly account: string;
  readonly name: string;
}

function CardFields({ card, onCard }: { readonly card: Card; readonly onCard: (card: Card) => void }) {
  const text = useManagerText();
  return (
    <div className="refund-card">
      <NativeSelect
        label={text("onward.bank")}
        size="md"
        data-testid="onward-bank"
        data={banks.map(({ type, name }) => ({ value: type, label: text(`bank.${name}`) }))}
        value={card.bankType}
        onChange={(event) => onCard({ ...card, bankType: event.currentTarget.value })}
      />
      <TextInput
        label={text("onward.account")}
        size="md"
        inputMode="numeric"
        autoComplete="off"
        maxLength={mostDigits}
        data-testid="onward-account"
        value={card.account}
        onChange={(event) => onCard({ ...card, account: event.currentTarget.value.replaceAll(/\D/g, "") })}
      />
      <TextInput
        label={text("onward.name")}
        size="md"
        autoComplete="off"
        maxLength={mostNameCharacters}
        data-testid="onward-name"
        value={card.name}
        onChange={(event) => onCard({ ...card, name: event.currentTarget.value })}
      />
    </div>
  );
}
