import { IconBuildingStore } from "@tabler/icons-react";
import { useState } from "react";
import { fen } from "#core/money/fen.ts";
import { Money } from "../parts/Money.tsx";
import { Press } from "../parts/Press.tsx";
import { useBenchText } from "./bench-texts.ts";

/** The pay page of the phone: to whom, how much, yes or no. */
export function PhonePay(props: {
  readonly payment: { readonly amountFen: number; readonly description: string };
  readonly accept: string;
  readonly refuse: string;
  readonly onAnswer: (accept: boolean) => Promise<void>;
}) {
  const { payment, accept, refuse, onAnswer } = props;
  const text = useBenchText();
  const [isBusy, setBusy] = useState(false);
  const answer = async (yes: boolean): Promise<void> => {
    setBusy(true);
    await onAnswer(yes);
    setBusy(false);
  };
  return (
    <div className="bench-pay" data-testid="phone-pay">
      <IconBuildingStore size={44} stroke={1.4} aria-hidden />
      <span>{text("phone.pays")}</span>
      <strong>{payment.description}</strong>
      <span className="bench-pay-amount">
        <Money fen={fen(payment.amountFen)} />
      </span>
      <Press tone="wechat" disabled={isBusy} data-testid="phone-accept" onClick={() => void answer(true)}>
        {accept}
      </Press>
      <Press disabled={isBusy} data-testid="phone-refuse" onClick={() => void answer(false)}>
        {refuse}
      </Press>
    </div>
  );
}
