import { IconClockPause, IconX } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { AttemptView } from "#contract/ipc/till-view.ts";
import { readTypedCode, spacedCode } from "#core/carried/typed-code.ts";
import { toHalfWidth } from "#core/money/half-width.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { ActionKey } from "../../parts/ActionKey.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { applyPadKey, Keypad } from "../../parts/Keypad.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { send } from "../../till-client.ts";
import { act } from "../../till/desk.ts";
import { isKeyOf } from "../../till/key-map.ts";
import { isOnButton, useKeys } from "../../till/keys.ts";
import { CancelCarriedDialog } from "./CancelCarriedDialog.tsx";
import { MoneyWordPanel } from "./MoneyWordPanel.tsx";

const QrCopy = lazy(async () => ({ default: (await import("./QrCopy.tsx")).QrCopy }));

const codeDigits = 8;

/** The customer's phone has the request: its screen is scanned, or its code typed. Nothing else says that it has paid. */
export function CarriedPanel({ attempt }: { readonly attempt: AttemptView }) {
  const text = useTillText();
  const place = useClockPlace();
  const [code, setCode] = useState("");
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [isCancelling, setCancelling] = useState(false);
  const { triesLeft = 0, noCode = null } = attempt.carried ?? {};

  const typed = (next: string): void => {
    setFault(null);
    setCode(toHalfWidth(next).replaceAll(/\D/g, "").slice(0, codeDigits));
  };
  const confirm = async (): Promise<void> => {
    if (readTypedCode(code) === null || noCode !== null) return;
    const answer = await send("type-carried-code", { outTradeNo: attempt.outTradeNo, code });
    if (answer.ok) return;
    setFault(answer.fault);
    setCode("");
  };
  const park = (): void => void act("park-sale", {});
  useKeys("payment", (event) => {
    if (isCancelling) return false;
    if (event.key === "Escape") setCancelling(true);
    else if (event.key === "Enter" && !isOnButton(event)) void (event.repeat || confirm());
    else if (event.key === "Backspace") typed(code.slice(0, -1));
    else if (/^\d$/.test(event.key) && noCode === null) typed(code + event.key);
    else if (isKeyOf("park-sale", event)) park();
    else return false;
    return true;
  });
  return (
    <div className="open-attempt carried" data-testid="carried">
      <MoneyWordPanel word={attempt.word} sentence={text("carried.sentence")}>
        {noCode !== null && (
          <p className="word-reason" data-testid="carried-no-code">
            {text(`carried.no-code.${noCode}`)}
          </p>
        )}
      </MoneyWordPanel>
      {fault !== null && <TroubleNote text={faultText(fault, text, place)} />}
      <div className="carried-code">
        <div>
          {noCode === null && <CodeField code={code} triesLeft={triesLeft} onCode={typed} />}
          {attempt.codeUrl !== null && (
            <Suspense fallback={<div className="qr-copy" />}>
              <QrCopy codeUrl={attempt.codeUrl} />
            </Suspense>
          )}
        </div>
        {noCode === null && <CodePad code={code} onCode={typed} onConfirm={() => void confirm()} />}
      </div>
      <CarriedKeys onCancel={() => setCancelling(true)} onPark={park} />
      {isCancelling && <CancelCarriedDialog outTradeNo={attempt.outTradeNo} onLeave={() => setCancelling(false)} />}
    </div>
  );
}

/** Eight digits as large as they are read out, with the gap the phone shows them with. */
function CodeField(props: {
  readonly code: string;
  readonly triesLeft: number;
  readonly onCode: (text: string) => void;
}) {
  const { code, triesLeft, onCode } = props;
  const text = useTillText();
  return (
    <>
      <label htmlFor="carried-code">{text("carried.code", { tries: triesLeft })}</label>
      <input
        id="carried-code"
        data-testid="carried-code"
        className="figures"
        inputMode="numeric"
        autoComplete="off"
        placeholder="0000 0000"
        value={code.length > 4 ? spacedCode(code) : code}
        onChange={(event) => onCode(event.currentTarget.value)}
      />
    </>
  );
}

function CodePad(props: {
  readonly code: string;
  readonly onCode: (text: string) => void;
  readonly onConfirm: () => void;
}) {
  const { code, onCode, onConfirm } = props;
  const text = useTillText();
  const enter = (
    <EnterKey
      testId="carried-confirm"
      word={text("carried.confirm")}
      isReady={code.length === codeDigits}
      onPress={onConfirm}
    />
  );
  return <Keypad layout="pin" onKey={(key) => onCode(applyPadKey(code, key, codeDigits))} enter={enter} />;
}

function CarriedKeys({ onCancel, onPark }: { readonly onCancel: () => void; readonly onPark: () => void }) {
  const text = useTillText();
  return (
    <div className="attempt-keys">
      <Press data-testid="cancel-attempt" onClick={onCancel}>
        <IconX size={24} aria-hidden />
        {text("attempt.cancel")} <KeyCap>Esc</KeyCap>
      </Press>
      <Press data-testid="park-sale" onClick={onPark}>
        <IconClockPause size={24} aria-hidden />
        {text("carried.park")} <ActionKey action="park-sale" />
      </Press>
    </div>
  );
}
