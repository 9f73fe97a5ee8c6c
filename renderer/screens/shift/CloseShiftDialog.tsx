import "./shift.css";
import { IconCircleCheck, IconTrendingDown, IconTrendingUp } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intents.ts";
import { fen } from "#core/money/fen.ts";
import { parseYuan } from "#core/money/yuan.ts";
import type { ShiftClose } from "#core/shift/shift.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Money } from "../../parts/Money.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { closeDialog } from "../../till/desk.ts";
import { send, useFromSection } from "../../till-client.ts";

/** Counting comes first: what should be there is told only afterwards, so that nobody counts towards it. */
export function CloseShiftDialog() {
  const [close, setClose] = useState<ShiftClose | null>(null);
  return close === null ? <CountCash onClosed={setClose} /> : <ShiftResult close={close} />;
}

function CountCash({ onClosed }: { readonly onClosed: (close: ShiftClose) => void }) {
  const text = useTillText();
  const place = useClockPlace();
  const [amount, setAmount] = useState("");
  const [fault, setFault] = useState<IntentFault | null>(null);
  const counted = parseYuan(amount);

  const confirm = async (): Promise<void> => {
    if (!counted.ok) return;
    const result = await send("close-shift", { countedCashFen: counted.value });
    if (result.ok) onClosed(result.value);
    else setFault(result.fault);
  };
  return (
    <Dialog title={text("close-shift.title")} testId="close-shift" onClose={closeDialog} onEnter={() => void confirm()}>
      <p>{text("close-shift.question")}</p>
      {fault !== null && <TroubleNote text={faultText(fault, text, place)} />}
      <AmountField
        label={text("close-shift.counted")}
        unit="¥"
        text={amount}
        onText={setAmount}
        enter={
          <EnterKey
            testId="close-shift-confirm"
            word={text("close-shift.title")}
            isReady={counted.ok}
            onPress={() => void confirm()}
          />
        }
      />
    </Dialog>
  );
}

function ShiftResult({ close }: { readonly close: ShiftClose }) {
  const text = useTillText();
  const common = useCommonText();
  const hasPrinter = useFromSection("shop", (shop) => shop.hasPrinter);
  const { totals, differenceFen } = close;
  const word = differenceFen === 0 ? "matches" : differenceFen > 0 ? "over" : "short";
  const Icon = { matches: IconCircleCheck, over: IconTrendingUp, short: IconTrendingDown }[word];
  const rows = [
    { name: text("close-shift.sales", { count: totals.saleCount }), fen: totals.salesFen },
    { name: text("close-shift.wechat"), fen: totals.wechatFen },
    ...(totals.staticCodeFen > 0 ? [{ name: text("close-shift.static-code"), fen: totals.staticCodeFen }] : []),
    { name: text("close-shift.cash"), fen: totals.cashFen },
    { name: text("close-shift.discount"), fen: totals.discountFen },
    { name: text("close-shift.expected"), fen: totals.expectedCashFen },
    { name: text("close-shift.counted"), fen: close.countedCashFen },
  ];
  return (
    <Dialog
      title={text("close-shift.done")}
      testId="shift-result"
      onClose={closeDialog}
      onEnter={closeDialog}
      footer={
        <Press tone="primary" data-autofocus onClick={closeDialog}>
          {common("confirm")} <KeyCap>Enter</KeyCap>
        </Press>
      }
    >
      <div className={`shift-difference shift-${word}`} data-testid="shift-difference" data-word={word}>
        <Icon size={44} aria-hidden />
        <span>{text(`close-shift.${word}`)}</span>
        {differenceFen !== 0 && <Money fen={fen(Math.abs(differenceFen))} />}
      </div>
      <dl className="shift-table">
        {rows.map((row) => (
          <div key={row.name}>
            <dt>{row.name}</dt>
            <dd>
              <Money fen={row.fen} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="shift-slip">{text(hasPrinter ? "close-shift.slip" : "close-shift.noted")}</p>
    </Dialog>
  );
}
