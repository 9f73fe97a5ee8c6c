import { IconArrowRight, IconPrinter } from "@tabler/icons-react";
import type { PaymentView } from "#contract/ipc/till-view.ts";
import { zeroFen } from "#core/money/fen.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { ActionKey } from "../../parts/ActionKey.tsx";
import { Money } from "../../parts/Money.tsx";
import { Press } from "../../parts/Press.tsx";
import { act } from "../../till/desk.ts";
import { isKeyOf } from "../../till/key-map.ts";
import { isOnButton, useKeys } from "../../till/keys.ts";
import { useFromSection } from "../../till-client.ts";
import { useReturnText } from "../returns/return-texts.ts";
import { useMembersText } from "../members/members-texts.ts";
import { MoneyWordPanel } from "./MoneyWordPanel.tsx";

type Done = NonNullable<PaymentView["done"]>;

/** The sale is on disk. The change is the largest thing on the screen; the next scan starts the next sale by itself. */
export function DonePanel({ done }: { readonly done: Done }) {
  const text = useTillText();
  const returns = useReturnText();
  const members = useMembersText();
  const { cashFen, wechatFen } = done.back ?? { cashFen: zeroFen, wechatFen: zeroFen };
  // Cash is what the cashier's hands do now; what the phone gets comes by itself.
  const backFen = cashFen > 0 ? cashFen : wechatFen;
  const next = (): void => void act("next-sale", {});
  useKeys("payment", (event) => {
    const isKey = [" ", "Enter", "Escape"].includes(event.key) || isKeyOf("pay", event);
    const isNext = isKey && !(isOnButton(event) && event.key !== "Escape");
    if (isNext && !event.repeat) next();
    return isNext;
  });
  return (
    <div className="done" data-testid="done">
      {done.staticCodeFen > 0 ? (
        // Sold, and yet not known: the till has only the cashier's word for it.
        <MoneyWordPanel
          word="not-known"
          sentence={text("done.unverified", { amount: formatMoney(done.staticCodeFen) })}
        />
      ) : (
        <MoneyWordPanel word="paid" sentence={text("done.scan-next")} />
      )}
      <div className="done-change">
        <span>
          {backFen > 0 ? returns(cashFen > 0 ? "done.back-cash" : "done.back-wechat") : text(captionOf(done))}
        </span>
        <output data-testid="change" data-fen={done.changeFen} data-back={backFen}>
          <Money fen={backFen > 0 ? backFen : done.changeFen > 0 ? done.changeFen : done.totalFen} />
        </output>
      </div>
      {wechatFen > 0 && <p data-testid="done-wechat">{returns("done.wechat", { amount: formatMoney(wechatFen) })}</p>}
      <dl className="done-facts">
        <div>
          <dt>{text("done.total")}</dt>
          <dd>
            <Money fen={done.totalFen} />
          </dd>
        </div>
        <div>
          <dt>{text("done.number")}</dt>
          <dd className="figures" data-testid="sale-number">
            {done.saleNumber}
          </dd>
        </div>
      </dl>
      {done.points !== undefined && (
        <p className="done-points" data-testid="done-points">
          {members(done.points.spent > 0 ? "done.points-spent" : "done.points", { ...done.points })}
        </p>
      )}
      <Receipt done={done} />
      <Press tone="primary" className="pay-button" data-testid="next-sale" onClick={next}>
        {text("done.next")} <ActionKey action="pay" />
        <IconArrowRight size={34} aria-hidden className="done-arrow" />
      </Press>
    </div>
  );
}

/** Nobody says that all is paid where nobody knows. */
function captionOf({ changeFen, staticCodeFen }: Done): "done.change" | "done.no-change" | "done.total" {
  if (changeFen > 0) return "done.change";
  return staticCodeFen > 0 ? "done.total" : "done.no-change";
}

/** A receipt that a printer in trouble holds half printed waits like any other: it does not print at this moment. */
function Receipt({ done }: { readonly done: Done }) {
  const text = useTillText();
  const common = useCommonText();
  const isStopped = useFromSection("status", ({ devices }) =>
    devices.some(({ role, state, trouble }) => role === "printer" && (state !== "ready" || trouble !== null)),
  );
  const receipt = done.receipt === "printing" && isStopped ? "waiting" : done.receipt;
  return (
    <div
      className={`done-receipt done-receipt-${receipt}`}
      role="status"
      data-testid="receipt-status"
      data-status={receipt}
    >
      <IconPrinter size={24} aria-hidden />
      <span>{text(`receipt.${receipt}`)}</span>
      <Press data-testid="reprint" onClick={() => void act("reprint-receipt", { saleId: done.saleId })}>
        {common("print-again")}
      </Press>
    </div>
  );
}
