import { useState } from "react";
import { parseYuan } from "#core/money/yuan.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { act, closeDialog } from "../../till/desk.ts";
import { useFromSection } from "../../till-client.ts";
import { zeroFen } from "#core/money/fen.ts";

/** How much the next WeChat payment takes; the rest is paid otherwise. */
export function SplitDialog() {
  const text = useTillText();
  const leftFen = useFromSection("payment", (payment) => payment?.leftFen ?? zeroFen);
  const [typed, setTyped] = useState("");
  const part = parseYuan(typed);
  const isTooMuch = part.ok && part.value > leftFen;
  const isReady = part.ok && part.value > 0 && !isTooMuch;

  const confirm = async (): Promise<void> => {
    if (!part.ok || !isReady) return;
    closeDialog();
    await act("set-code-amount", { amountFen: part.value });
  };
  return (
    <Dialog title={text("payment.split-title")} testId="split" onClose={closeDialog} onEnter={() => void confirm()}>
      <p className="dialog-soft">{text("payment.split-help")}</p>
      {isTooMuch && <TroubleNote text={text("fault.amount-over-left")} />}
      <AmountField
        label={`${text("payment.split-amount")} · ${text("payment.left")} ${formatMoney(leftFen)}`}
        unit="¥"
        text={typed}
        onText={setTyped}
        enter={<EnterKey word={text("quantity.confirm")} isReady={isReady} onPress={() => void confirm()} />}
      />
    </Dialog>
  );
}
