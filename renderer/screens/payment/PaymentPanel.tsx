import "./payment.css";
import { IconArrowLeft } from "@tabler/icons-react";
import type { PaymentView } from "#contract/ipc/till-view.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { act } from "../../till/desk.ts";
import { useSection } from "../../till-client.ts";
import { AttemptPanel } from "./AttemptPanel.tsx";
import { ChoosePayment } from "./ChoosePayment.tsx";
import { DonePanel } from "./DonePanel.tsx";
import { DueHead } from "./DueHead.tsx";

/**
 * Payment lies over the side; the cart stays in sight. An attempt that took nothing leaves its word on top and all ways
 * to pay below it; one that is not known yet leaves nothing to press but what is safe.
 */
export function PaymentPanel() {
  const payment = useSection("payment");
  const text = useTillText();
  if (payment === null) return null;
  return (
    <section className="payment" aria-label={text("payment.title")} data-testid="payment" data-stage={payment.stage}>
      <Stage payment={payment} />
    </section>
  );
}

function Stage({ payment }: { readonly payment: PaymentView }) {
  const { stage, attempt, done } = payment;
  if (stage === "done" && done !== null) return <DonePanel done={done} />;
  const isOpen = stage === "wechat" && attempt !== null && attempt.word !== "not-paid";
  return (
    <>
      <PaymentHead canLeave={!isOpen} />
      <DueHead payment={payment} isCompact={stage === "wechat"} />
      {stage === "wechat" && attempt !== null && <AttemptPanel attempt={attempt} />}
      {!isOpen && <ChoosePayment payment={payment} />}
    </>
  );
}

function PaymentHead({ canLeave }: { readonly canLeave: boolean }) {
  const text = useTillText();
  return (
    <header className="payment-head">
      <h2>{text("payment.title")}</h2>
      <Press
        tone="quiet"
        data-testid="leave-payment"
        disabled={!canLeave}
        onClick={() => void act("leave-payment", {})}
      >
        <IconArrowLeft size={22} aria-hidden />
        {text("payment.back")}
        {canLeave && <KeyCap>Esc</KeyCap>}
      </Press>
    </header>
  );
}
