import { IconQrcode } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { zeroFen } from "#core/money/fen.ts";
import { formatYuan, parseYuan } from "#core/money/yuan.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { actInDialog, closeDialog } from "../../till/desk.ts";
import { useFromSection } from "../../till-client.ts";

/**
 * What the customer paid to the shop's printed code, as the cashier has read it on their phone. The till cannot know, so
 * the amount is shown large and confirmed; main asks for a manager's PIN unless the gateway is out of reach.
 */
export function StaticCodeDialog() {
  const text = useTillText();
  const place = useClockPlace();
  const leftFen = useFromSection("payment", (payment) => payment?.leftFen ?? zeroFen);
  const asked = useFromSection("payment", (payment) => payment?.codeAmountFen ?? payment?.leftFen ?? zeroFen);
  // As a cashier would type it: the field takes no groups of three.
  const [typed, setTyped] = useState(() => formatYuan(asked).replaceAll(",", ""));
  const [fault, setFault] = useState<IntentFault | null>(null);
  const amount = parseYuan(typed);
  const isTooMuch = amount.ok && amount.value > leftFen;
  const isReady = amount.ok && amount.value > 0 && !isTooMuch;
  const shown = amount.ok ? formatMoney(amount.value) : "";

  const confirm = async (): Promise<void> => {
    if (!amount.ok || !isReady) return;
    setFault(await actInDialog("pay-static-code", { amountFen: amount.value }, closeDialog));
  };
  return (
    <Dialog title={text("static-code.title")} testId="static-code" onClose={closeDialog} onEnter={() => void confirm()}>
      <p>
        <IconQrcode size={22} aria-hidden /> {text("static-code.ask", { amount: shown })}
      </p>
      <p className="dialog-soft">{text("static-code.unverified")}</p>
      {isTooMuch && <TroubleNote text={text("fault.amount-over-left")} />}
      {fault !== null && <TroubleNote text={faultText(fault, text, place)} />}
      <AmountField
        label={`${text("static-code.amount")} · ${text("payment.left")} ${formatMoney(leftFen)}`}
        unit="¥"
        text={typed}
        onText={setTyped}
        testId="static-code-amount"
        enter={
          <EnterKey
            testId="static-code-confirm"
            word={text("static-code.confirm")}
            isReady={isReady}
            onPress={() => void confirm()}
          />
        }
      />
    </Dialog>
  );
}
