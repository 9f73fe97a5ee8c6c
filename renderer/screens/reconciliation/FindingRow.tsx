import { IconReceipt } from "@tabler/icons-react";
import type { FindingActView, FindingView } from "#contract/ipc/reconciliation-view.ts";
import type { Fen } from "#core/money/fen.ts";
import { bookedHere, bookedThere } from "#core/reconciliation/finding.ts";
import { formatDayAndClock, formatPlainMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { type ReconciliationKey, useReconciliationText } from "./reconciliation-texts.ts";
import { clockInBill, meaningKey } from "./words.ts";

interface RowActs {
  readonly isAsking: boolean;
  readonly onAsk: (finding: FindingView) => void;
  readonly onOpenSale: (saleId: string) => void;
  readonly onSettle: (finding: FindingView) => void;
  readonly onRefund: (finding: FindingView) => void;
}

/** One difference: what it is and means, both amounts, and the one thing to do about it; or that somebody has. */
export function FindingRow({ finding, ...acts }: { readonly finding: FindingView } & RowActs) {
  const text = useReconciliationText();
  const { kind, state, outTradeNo, outRefundNo, sale, time, act } = finding;
  const isAgreement = kind === "matched" || kind === "refund-matched";
  return (
    <div
      className={`recon-row recon-row-${state}`}
      data-testid="finding"
      data-kind={kind}
      data-state={state}
      data-number={outRefundNo ?? outTradeNo}
    >
      <div className="recon-what">
        <div className="recon-kind">
          <strong>{text(`kind.${kind}`)}</strong>
          {time !== null && <span className="figures manager-soft">{clockInBill(time)}</span>}
          {state === "settled" && <em>{text("state.settled")}</em>}
          {state === "waiting" && <em>{text("state.waiting")}</em>}
        </div>
        {/* That both agree is what the group says; its rows are for looking one up. */}
        {!isAgreement && <p>{text(meaningKey(finding))}</p>}
        <div className="figures manager-soft recon-numbers">
          <span>{text(outRefundNo === null ? "row.number" : "row.refund", { number: outRefundNo ?? outTradeNo })}</span>
          {sale !== null && (
            <button type="button" data-testid="finding-sale" onClick={() => acts.onOpenSale(sale.saleId)}>
              <IconReceipt size={18} aria-hidden />
              {text("row.sale", { number: sale.saleNumber })}
            </button>
          )}
        </div>
        {act !== null && <ActLine act={act} />}
      </div>
      <Amount amountFen={bookedThere(finding)} instead={text(insteadThere(finding))} />
      <Amount amountFen={bookedHere(finding)} instead={text(insteadHere(finding))} />
      <div className="recon-acts">
        {(state === "open" || state === "waiting") && <Acts finding={finding} {...acts} />}
      </div>
    </div>
  );
}

function Amount({ amountFen, instead }: { readonly amountFen: Fen | null; readonly instead: string }) {
  return amountFen === null ? (
    <span className="recon-amount recon-no-amount">{instead}</span>
  ) : (
    <strong className="figures recon-amount">{formatPlainMoney(amountFen)}</strong>
  );
}

/** What stands where the till has booked nothing: why it has not. */
function insteadHere({ kind, action, hereFen }: FindingView): ReconciliationKey {
  if (kind === "charged-twice" || kind === "refunded-twice") return "row.once";
  if (hereFen === null) return "row.nothing";
  if (kind === "missing-here" && action !== "finish-attempt") return "row.not-sold";
  return "row.not-known";
}

function insteadThere({ kind }: FindingView): ReconciliationKey {
  return kind === "taken-back" ? "row.taken-back" : "row.nothing";
}

/** What was done, in a sentence: what the gateway said, or why a manager signed it off. */
function ActLine({ act }: { readonly act: FindingActView }) {
  const text = useReconciliationText();
  const place = useClockPlace();
  const time = formatDayAndClock(act.atMs, place);
  const said =
    act.how === "settled"
      ? text("row.settled", { name: act.byName, time, reason: act.reason })
      : act.how === "hurried"
        ? text("row.hurried", { name: act.byName, time })
        : text("row.asked", { time, answer: text(`answer.${act.answer}`) });
  return (
    <p className="recon-act" data-testid="finding-act" data-how={act.how}>
      {said}
    </p>
  );
}

/** The action the rules offer, and always the way to sign it off by hand. */
function Acts({ finding, ...acts }: { readonly finding: FindingView } & RowActs) {
  const text = useReconciliationText();
  const { action } = finding;
  const settle = (
    <Press
      tone={action === "look-into" ? "plain" : "quiet"}
      data-testid="finding-settle"
      onClick={() => acts.onSettle(finding)}
    >
      {text("action.settle")}
    </Press>
  );
  switch (action) {
    case "finish-attempt":
    case "ask-gateway":
      return (
        <>
          <Press data-testid="finding-ask" disabled={acts.isAsking} onClick={() => acts.onAsk(finding)}>
            {text(acts.isAsking ? "action.busy" : `action.${action}`)}
          </Press>
          {settle}
        </>
      );
    case "refund-customer":
      return (
        <>
          <Press tone="danger" data-testid="finding-refund" onClick={() => acts.onRefund(finding)}>
            {text("action.refund-customer")}
          </Press>
          {settle}
        </>
      );
    case "look-into":
      return settle;
    case "wait-for-next-bill":
    case "none":
      return null;
  }
}
