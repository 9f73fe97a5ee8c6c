import "./payment.css";
import type { PaymentView } from "#contract/ipc/till-view.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { useSection } from "../../till-client.ts";
import { AttemptPanel } from "./AttemptPanel.tsx";
import { ChoosePayment } from "./ChoosePayment.tsx";
import { DonePanel } from "./DonePanel.tsx";
import { DueHead } from "./DueHead.tsx";
import { LegacyAsker, LegacyPayment } from "./LegacyPayment.tsx";

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
  const { stage, attempt, done, legacy } = payment;
  if (stage === "done" && done !== null) return <DonePanel done={done} />;
  const isOpen = stage === "wechat" && attempt !== null && attempt.word !== "not-paid";
  return (
    <>
      {legacy !== undefined && <LegacyAsker legacy={legacy} />}
      <DueHead payment={payment} isCompact={stage === "wechat"} canLeave={!isOpen && legacy === undefined} />
      {stage === "wechat" && attempt !== null && <AttemptPanel attempt={attempt} />}
      {!isOpen && legacy !== undefined && <LegacyPayment payment={payment} />}
      {!isOpen && legacy === undefined && <ChoosePayment payment={payment} isRetry={stage === "wechat"} />}
    </>
  );
}
