import { useEffect, useState } from "react";
import type { CarriedPaymentView } from "#contract/ipc/manager-view.ts";
import { send, useSection } from "../../till-client.ts";

/** Payments on customers' phones that head office does not agree on; read again after each sale and each word of its. */
export function useOpenCarried(): readonly CarriedPaymentView[] {
  const [payments, setPayments] = useState<readonly CarriedPaymentView[]>([]);
  const lastSales = useSection("lastSales");
  const status = useSection("status");
  useEffect(() => {
    let isCurrent = true;
    void send("open-carried", {}).then((answer) => {
      if (isCurrent && answer.ok) setPayments(answer.value.payments);
    });
    return () => {
      isCurrent = false;
    };
  }, [lastSales, status]);
  return payments;
}
