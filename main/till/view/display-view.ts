import type { DisplayView } from "#contract/ipc/display-view.ts";
import { addFen, zeroFen } from "#core/money/fen.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import { isFinished } from "#core/tender/step-attempt.ts";
import type { TillContext } from "#main/till/context.ts";
import { displayMember } from "#main/till/members/member-view.ts";
import { isGatewayAway } from "#main/till/gateway-watch.ts";
import { takesWechat } from "#main/till/payment-state.ts";
import { leftToPay } from "#main/till/drafts.ts";
import { shownCodeUrl } from "#main/till/view/payment-view.ts";
import type { LineView } from "#contract/ipc/till-view.ts";
import { saleView } from "#main/till/view/sale-view.ts";

/** As many as a 7-inch screen shows large. */
const linesShown = 8;

/** What the customer sees; it says the same three words as the cashier's screen. */
export function displayView(till: TillContext): DisplayView {
  const { config } = till.deps;
  return {
    shop: {
      nameZh: config.store.nameZh,
      nameEn: config.store.nameEn,
      utcOffsetMinutes: config.store.utcOffsetMinutes,
      isTraining: till.deps.isTraining === true,
    },
    locale: config.locale,
    stage: stageOf(till),
  };
}

function stageOf(till: TillContext): DisplayView["stage"] {
  const { payment } = till.state;
  if (payment?.done && till.state.isThanking) {
    const { totalFen, changeFen, staticCodeFen, points } = payment.done;
    return { kind: "paid", totalFen, changeFen, staticCodeFen, ...(points === undefined ? {} : { points }) };
  }
  if (payment !== null && payment.done === null) return payingStage(till, payment.attempt);
  const sale = saleView(till);
  if (sale.lines.length === 0) return { kind: "idle" };
  return {
    kind: "selling",
    lines: sale.lines.slice(-linesShown).map(({ lineId, nameZh, nameEn, unit, quantity, amountFen, ...why }) => ({
      ...{ lineId, nameZh, nameEn, unit, quantity, amountFen },
      ...(why.promotions === undefined ? {} : { promotions: why.promotions }),
      ...(isDearer(why) ? { wasFen: why.overrides.fromFen } : {}),
    })),
    ...(sale.salePromotions === undefined ? {} : { salePromotions: sale.salePromotions }),
    ...displayMember(sale.member),
    pieceCount: sale.pieceCount,
    discountFen: addFen(
      ...[sale.lineDiscountFen, sale.promotionFen ?? zeroFen, sale.saleDiscountFen, sale.roundingFen],
    ),
    totalFen: sale.totalFen,
  };
}

/** Whether the catalogue's price was more than what a person has set: only that is the customer's to hear. */
function isDearer(line: Pick<LineView, "overrides" | "unitPriceFen">): line is Required<typeof line> {
  return line.overrides !== undefined && line.overrides.fromFen > line.unitPriceFen;
}

function payingStage(till: TillContext, attempt: Attempt | null): DisplayView["stage"] {
  if (attempt === null || attempt.state === "paid") {
    return {
      kind: "choose-payment",
      leftFen: leftToPay(till.state.draft),
      totalFen: saleView(till).totalFen,
      takesWechat: takesWechat(till.deps) && !isGatewayAway(till),
      takesStaticCode: takesWechat(till.deps) && isGatewayAway(till),
    };
  }
  const { amountFen, deadlineAtMs } = attempt;
  const codeUrl = shownCodeUrl(attempt);
  if (isFinished(attempt)) return { kind: "not-paid", amountFen, isReturned: attempt.wasRefunded };
  if (codeUrl !== null && attempt.kind === "carried") return { kind: "carried-qr", amountFen, codeUrl };
  if (codeUrl !== null && deadlineAtMs !== null) {
    return { kind: "qr", amountFen, codeUrl, startedAtMs: attempt.createdAtMs, deadlineAtMs };
  }
  return {
    kind: "paying",
    amountFen,
    isPasswordAsked: attempt.customerIsEnteringPassword,
    isCancelling: attempt.state === "undoing",
  };
}
