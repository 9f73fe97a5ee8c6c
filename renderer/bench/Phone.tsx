import { useState } from "react";
import type { PendingPayment, ScannedOrder } from "#contract/bench/wallet.ts";
import { fen } from "#core/money/fen.ts";
import { formatClock, formatMoney } from "../i18n/formats.ts";
import { useClockPlace } from "../i18n/locale.tsx";
import { useNow } from "../i18n/use-now.ts";
import { control, useTwin, type BenchAnswer } from "./bench-client.ts";
import { useBenchText } from "./bench-texts.ts";
import { CustomerMood } from "./CustomerMood.tsx";
import { PhoneCode } from "./PhoneCode.tsx";
import { PhoneHistory } from "./PhoneHistory.tsx";
import { PhonePay } from "./PhonePay.tsx";
import { PhoneScan } from "./PhoneScan.tsx";

type Tell = (answer: BenchAnswer<unknown>) => void;

/** A QR's order that the phone has scanned and the customer has not answered. */
interface Scanned extends ScannedOrder {
  readonly codeUrl: string;
}

/** The customer's phone: shows payment codes, asks for the password, scans the shop's QR. */
export function Phone({ onScan, tell }: { readonly onScan: (code: string) => Promise<void>; readonly tell: Tell }) {
  const text = useBenchText();
  const place = useClockPlace();
  const nowMs = useNow(1_000);
  const wallet = useTwin("wallet");
  const [scanned, setScanned] = useState<Scanned | null>(null);
  const prompt = wallet?.pending.find((payment) => payment.kind === "codepay") ?? null;

  async function answerScanned(order: Scanned, accept: boolean): Promise<void> {
    tell(await control("POST /wallet/pay-qr", { codeUrl: order.codeUrl, accept }));
    setScanned(null);
  }

  async function answerPrompt({ outTradeNo }: PendingPayment, accept: boolean): Promise<void> {
    tell(await control("POST /wallet/password", { outTradeNo, accept }));
  }

  return (
    <section className="bench-panel bench-customer" aria-label={text("phone")}>
      <div className="bench-phone" data-testid="phone">
        <div className="bench-phone-status figures">
          <span>{formatClock(nowMs, place)}</span>
          <span>{wallet === null ? "" : text("phone.wallet", { amount: formatMoney(fen(wallet.balanceFen)) })}</span>
        </div>
        <div className="bench-phone-screen">
          {prompt !== null ? (
            <PhonePay
              payment={prompt}
              accept={text("phone.password")}
              refuse={text("phone.refuse")}
              onAnswer={(accept) => answerPrompt(prompt, accept)}
            />
          ) : scanned !== null ? (
            <PhonePay
              payment={scanned}
              accept={text("phone.pay")}
              refuse={text("phone.leave")}
              onAnswer={(accept) => answerScanned(scanned, accept)}
            />
          ) : (
            <>
              <PhoneCode onScan={onScan} tell={tell} />
              <PhoneScan onScan={onScan} onScanned={setScanned} tell={tell} />
            </>
          )}
        </div>
        <PhoneHistory entries={wallet?.history ?? []} />
      </div>
      <CustomerMood behaviour={wallet?.behaviour ?? null} tell={tell} />
    </section>
  );
}
