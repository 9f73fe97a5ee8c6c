import { Button } from "@mantine/core";
import { useState } from "react";
import type { CarriedAnswer, CarriedOrderAnswer } from "../../admin/shapes.ts";
import { send } from "../api-client.ts";
import { carriedAdvice } from "../carried-advice.ts";
import { dayAndClock, money } from "../formats.ts";
import { useSession } from "../session.ts";
import { type TextKey, useWords } from "../texts.tsx";
import { useAnswer } from "../use-answer.ts";
import { FormDialog } from "./FormDialog.tsx";

const askAgainMs = 15_000;

const refusedWords: Readonly<Record<string, TextKey>> = {
  replayed: "carried.refused.replayed",
  "other-till": "carried.refused.other-till",
  "other-amount": "carried.refused.other-amount",
  signature: "carried.refused.signature",
  abandoned: "carried.refused.abandoned",
  code: "carried.refused.code",
  tries: "carried.refused.tries",
  cap: "carried.refused.cap",
};

/** Payments by customers' phones that need a person; nothing where there are none. */
export function CarriedOrders() {
  const { text } = useWords();
  const { value, reload } = useAnswer<CarriedAnswer>("/carried", askAgainMs);
  if (value === null || (value.orders.length === 0 && value.refusals.length === 0)) return null;
  return (
    <>
      {value.orders.map((order) => (
        <Order key={`${order.storeCode} ${order.outTradeNo}`} onRefunded={reload} order={order} />
      ))}
      {value.refusals.length > 0 && (
        <details className="office-card office-note" data-testid="carried-refusals">
          <summary>{`${text("carried.refusals")} (${value.refusals.length})`}</summary>
          {value.refusals.map(({ storeCode, terminalId, outTradeNo, why, noticedMs }) => (
            <p className="office-soft figures" key={`${storeCode} ${terminalId} ${outTradeNo} ${why} ${noticedMs}`}>
              {`${storeCode}-${terminalId} · ${outTradeNo} · `}
              {text(refusedWords[why] ?? "carried.refused.other", { why })}
              {` · ${dayAndClock(noticedMs)}`}
            </p>
          ))}
        </details>
      )}
    </>
  );
}

function Order({ order, onRefunded }: { readonly order: CarriedOrderAnswer; readonly onRefunded: () => void }) {
  const { text } = useWords();
  const isAdmin = useSession().role === "admin";
  const [isAsking, setIsAsking] = useState(false);
  const { storeCode, terminalId, outTradeNo, amountFen, paidMs, why, trouble, mayRefund } = order;
  const at = paidMs === null ? "" : ` · ${dayAndClock(paidMs)}`;
  return (
    <article className="office-card office-review" data-testid="carried-order">
      <div>
        <h2>{text(`carried.${why}`, { code: trouble })}</h2>
        <p>{carriedAdvice(order, isAdmin, text)}</p>
        <p className="office-soft figures">{`${storeCode}-${terminalId} · ${outTradeNo} · ${money(amountFen)}${at}`}</p>
      </div>
      <span className="office-grow" />
      {isAdmin && mayRefund && (
        <Button onClick={() => setIsAsking(true)} variant="default">
          {text("carried.refund")}
        </Button>
      )}
      {isAsking && (
        <FormDialog
          onClose={() => setIsAsking(false)}
          onSave={() => send("POST", "/carried/refund", { store: storeCode, outTradeNo, confirmed: true })}
          onSaved={() => {
            setIsAsking(false);
            onRefunded();
          }}
          save={text("carried.refund")}
          title={text("carried.refund.title", { amount: money(amountFen), number: outTradeNo })}
        >
          <p>{text("carried.refund.means")}</p>
        </FormDialog>
      )}
    </article>
  );
}
