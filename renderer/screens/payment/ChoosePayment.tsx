import { useEffect, useState } from "react";
import { IconDeviceMobile, IconNotes, IconQrcode, IconScissors } from "@tabler/icons-react";
import type { PaymentView } from "#contract/ipc/till-view.ts";
import type { Fen } from "#core/money/fen.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { applyPadKey } from "../../parts/Keypad.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { act, openDialog } from "../../till/desk.ts";
import { isOnButton, useKeys } from "../../till/keys.ts";
import { useFromSection } from "../../till-client.ts";
import { CashPad } from "./CashPad.tsx";
import { cashPreview } from "./cash-preview.ts";
import { WechatHint } from "./WechatHint.tsx";

/** "50000.00", the most cash one tender takes, has eight characters. */
const mostCashCharacters = 8;

/** Ways to pay. A payment code may be scanned at any moment; cash is typed straight away; the numpad does the rest. */
export function ChoosePayment(props: {
  readonly payment: PaymentView;
  /** After a refusal, whose word stands above and says already that a scan takes the money. */
  readonly isRetry: boolean;
}) {
  const { payment, isRetry } = props;
  const { leftFen, tenders, codeAmountFen, offersCarried } = payment;
  const [cash, setCash] = useState("");
  const text = useTillText();
  const takesWechat = useFromSection("shop", (shop) => shop.takesWechat);
  const isAway = useFromSection("status", ({ gateway }) => gateway.state === "offline");
  // A part that was taken, or given back, is a new sum to divide.
  useEffect(() => setCash(""), [leftFen, tenders.length]);

  const takeCash = (): void => {
    const preview = cashPreview(cash, leftFen);
    if (preview.kind === "change" || preview.kind === "part") {
      void act("pay-cash", { receivedFen: preview.receivedFen });
      setCash("");
    }
  };
  const showQr = (): void => void act(offersCarried ? "show-carried" : "show-qr", { amountFen: codeAmountFen });
  const showStaticCode = (): void => openDialog({ kind: "static-code" });
  const exactly = (): void => void act("pay-cash", { receivedFen: leftFen });

  useKeys("payment", (event) => {
    const command = {
      ...{ "*": showQr, "/": () => openDialog({ kind: "split" }), "+": exactly, "-": showStaticCode },
    }[event.key];
    if (command !== undefined) {
      const always = offersCarried ? "+-*" : "+-";
      if (!event.repeat && (always.includes(event.key) || (takesWechat && !isAway))) command();
    } else if (event.key === "Escape") {
      if (cash !== "") setCash("");
      else void act("leave-payment", {});
    } else if (event.key === "Enter" && !isOnButton(event)) {
      if (!event.repeat) takeCash();
    } else if (event.key === "Backspace") setCash(cash.slice(0, -1));
    else if (/^\d$/.test(event.key)) setCash((cash + event.key).slice(0, mostCashCharacters));
    else if (event.key === ".") setCash(applyPadKey(cash, ".", mostCashCharacters));
    else return false;
    return true;
  });

  return (
    <div className="choose">
      <WechatHint amountFen={codeAmountFen ?? leftFen} isSplit={codeAmountFen !== null} isShort={isRetry} />
      <div className="choose-wechat">
        {takesWechat && <WechatKeys codeAmountFen={codeAmountFen} isAway={isAway} onShowQr={showQr} />}
        {offersCarried && <PhoneKey onPress={showQr} />}
        <Press
          className="choose-static"
          data-testid="pay-static-code"
          tone={takesWechat && isAway && !offersCarried ? "primary" : "plain"}
          onClick={showStaticCode}
        >
          <IconNotes size={22} aria-hidden />
          {text("payment.static-code")} <KeyCap>-</KeyCap>
        </Press>
      </div>
      <CashPad
        text={cash}
        leftFen={leftFen}
        quickFen={payment.quickCashFen}
        onText={setCash}
        onTake={takeCash}
        onQuick={(receivedFen) => void act("pay-cash", { receivedFen })}
        maxLength={mostCashCharacters}
      />
    </div>
  );
}

/** Where WeChat is out of reach from here and not from the customer's phone. */
function PhoneKey({ onPress }: { readonly onPress: () => void }) {
  const text = useTillText();
  return (
    <Press data-testid="pay-carried" tone="primary" onClick={onPress}>
      <IconDeviceMobile size={24} aria-hidden />
      {text("payment.carried")} <KeyCap>*</KeyCap>
    </Press>
  );
}

function WechatKeys(props: {
  readonly codeAmountFen: Fen | null;
  /** Out of reach; the hint above says so, and what to do. */
  readonly isAway: boolean;
  readonly onShowQr: () => void;
}) {
  const { codeAmountFen, isAway, onShowQr } = props;
  const text = useTillText();
  // Nothing of it works then; what was typed for a part can still be put away.
  if (isAway && codeAmountFen === null) return null;
  return (
    <>
      <Press data-testid="pay-qr" disabled={isAway} onClick={onShowQr}>
        <IconQrcode size={24} className="wechat-mark" aria-hidden />
        {text("payment.qr")} <KeyCap>*</KeyCap>
      </Press>
      {codeAmountFen !== null ? (
        <Press data-testid="split-clear" aria-pressed onClick={() => void act("set-code-amount", { amountFen: null })}>
          {text("payment.split-active", { amount: formatMoney(codeAmountFen) })} · {text("payment.split-clear")}
        </Press>
      ) : (
        <Press data-testid="pay-split" onClick={() => openDialog({ kind: "split" })}>
          <IconScissors size={22} aria-hidden />
          {text("payment.split")} <KeyCap>/</KeyCap>
        </Press>
      )}
    </>
  );
}
