import { IconBrandWechat, IconCash, IconHelpCircleFilled, IconShieldCheck } from "@tabler/icons-react";
import type { ReturnableView, ReturnPlanView } from "#contract/ipc/return-view.ts";
import { subtractFen, zeroFen } from "#core/money/fen.ts";
import { timeOnPaper } from "#core/receipt/elements.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { Money } from "../../parts/Money.tsx";
import { useReturnText } from "./return-texts.ts";

/** How much goes back, and which way: shown before it is done, and nothing else is done. */
export function ReturnPlan(props: {
  readonly sale: ReturnableView;
  readonly plan: ReturnPlanView | null;
  readonly isAsking: boolean;
}) {
  const { sale, plan, isAsking } = props;
  const text = useReturnText();
  const earlierFen = plan === null ? zeroFen : subtractFen(plan.worthFen, plan.amountFen);
  return (
    <section className="return-plan" aria-label={text("back")}>
      <div className="return-amount">
        <span>{text("back")}</span>
        <output data-testid="return-amount" data-fen={plan?.amountFen ?? 0}>
          <Money fen={plan?.amountFen ?? zeroFen} />
        </output>
      </div>
      {plan === null && <p className="return-soft">{text("back.none")}</p>}
      {plan !== null && earlierFen > 0 && (
        <p className="return-soft" data-testid="return-earlier">
          {text("back.earlier", { worth: formatMoney(plan.worthFen), earlier: formatMoney(earlierFen) })}
        </p>
      )}
      <ul className="return-parts">
        {plan?.parts.map(({ tenderId, inCash, amountFen }) => (
          <li key={`${tenderId} ${inCash}`} data-testid="return-part" data-in-cash={inCash}>
            {inCash ? <IconCash size={22} aria-hidden /> : <IconBrandWechat size={22} aria-hidden />}
            <span>{text(inCash ? "way.cash" : "way.wechat")}</span>
            <strong className="figures">{formatMoney(amountFen)}</strong>
          </li>
        ))}
      </ul>
      {isAsking && <p role="status">{text("asking")}</p>}
      <ToldBy toldBy={sale.toldBy} />
      {sale.earlier.length > 0 && (
        <section className="return-before" aria-label={text("earlier")}>
          <h3>{text("earlier")}</h3>
          <ul>
            {sale.earlier.map(({ returnId, at, amountFen, exchangedFor }) => {
              const time = timeOnPaper(at).slice(5, 16);
              return (
                <li key={returnId} className="figures">
                  {exchangedFor === null
                    ? text("earlier.one", { time, amount: formatMoney(amountFen) })
                    : text("earlier.exchanged", { time, number: exchangedFor })}
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </section>
  );
}

/** A till that belongs to no head office says nothing: there is nobody to ask. */
function ToldBy({ toldBy }: Pick<ReturnableView, "toldBy">) {
  const text = useReturnText();
  if (toldBy === "alone") return null;
  const Icon = toldBy === "nobody" ? IconHelpCircleFilled : IconShieldCheck;
  return (
    <p className={`return-told return-told-${toldBy}`} data-testid="return-told" data-by={toldBy}>
      <Icon size={22} aria-hidden />
      <span>{text(`told.${toldBy}`)}</span>
    </p>
  );
}
