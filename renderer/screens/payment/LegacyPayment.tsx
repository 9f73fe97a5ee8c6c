import { IconDeviceDesktop, IconQrcode, IconX } from "@tabler/icons-react";
import type { LegacyPaymentView } from "#contract/ipc/legacy-intents.ts";
import type { PaymentView } from "#contract/ipc/till-view.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { act } from "../../till/desk.ts";
import { useKeys } from "../../till/keys.ts";
import { useFromSection } from "../../till-client.ts";
import { WechatHint } from "./WechatHint.tsx";

/** An old till waits for this payment: the customer's code, our QR, or nothing. The amount is the old till's. */
export function LegacyPayment({ payment }: { readonly payment: PaymentView }) {
  const text = useTillText();
  const isAway = useFromSection("status", ({ gateway }) => gateway.state === "offline");
  const showQr = (): void => void act("show-qr", { amountFen: null });
  const cancel = (): void => void act("cancel-legacy", {});
  useKeys("payment", (event) => {
    if (event.repeat) return true;
    if (event.key === "*" && !isAway) showQr();
    else if (event.key === "Escape") cancel();
    else return false;
    return true;
  });
  return (
    <div className="choose">
      <WechatHint amountFen={payment.leftFen} isSplit={false} isShort={false} />
      <div className="choose-wechat">
        <Press data-testid="pay-qr" disabled={isAway} onClick={showQr}>
          <IconQrcode size={24} className="wechat-mark" aria-hidden />
          {text("payment.qr")} <KeyCap>*</KeyCap>
        </Press>
        <Press data-testid="cancel-legacy" onClick={cancel}>
          <IconX size={24} aria-hidden />
          {text("legacy.cancel")} <KeyCap>Esc</KeyCap>
        </Press>
      </div>
      <p className="legacy-next">{text("legacy.next")}</p>
    </div>
  );
}

/** Who asks: the cashier tells the old till's customer from the next one by it. */
export function LegacyAsker({ legacy }: { readonly legacy: LegacyPaymentView }) {
  const text = useTillText();
  return (
    <p className="legacy-asker" data-testid="legacy-asker">
      <IconDeviceDesktop size={26} aria-hidden />
      <span>
        <strong>{text("legacy.asker", { system: legacy.saleSystem })}</strong>
        <small>{text("legacy.number", { number: legacy.transactionId })}</small>
      </span>
    </p>
  );
}
