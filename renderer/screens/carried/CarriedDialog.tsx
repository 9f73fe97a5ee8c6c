import "../takings/takings.css";
import type { CarriedPaymentView } from "#contract/ipc/manager-view.ts";
import { formatDayAndClock, formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { closeDialog } from "../../till/desk.ts";
import { useManagerText } from "../manager/manager-texts.ts";
import { useOpenCarried } from "./use-open-carried.ts";

/** Payments on customers' phones whose end the two sides do not say alike yet, oldest first. */
export function CarriedDialog() {
  const text = useManagerText();
  const payments = useOpenCarried();
  return (
    <Dialog title={text("carried")} size="wide" testId="carried-list" onClose={closeDialog} onEnter={closeDialog}>
      <p className="dialog-soft">{text(payments.length === 0 ? "carried.none" : "carried.explain")}</p>
      <ul className="takings" aria-label={text("carried")}>
        {payments.map((payment) => (
          <CarriedRow key={payment.outTradeNo} payment={payment} />
        ))}
      </ul>
    </Dialog>
  );
}

function CarriedRow({ payment }: { readonly payment: CarriedPaymentView }) {
  const text = useManagerText();
  const place = useClockPlace();
  const { outTradeNo, saleNumber, amountFen, createdAtMs, here, there } = payment;
  return (
    <li data-testid="carried-payment" data-here={here} data-there={there ?? "none"}>
      <div className="taking-what">
        <strong className="figures">
          {formatMoney(amountFen)} · {saleNumber ?? outTradeNo}
        </strong>
        <small className="figures">
          {formatDayAndClock(createdAtMs, place)} · {outTradeNo}
        </small>
        <small className="taking-open">
          {text(`carried.here.${here}`)} · {text(`carried.there.${there ?? "none"}`)}
        </small>
      </div>
    </li>
  );
}
