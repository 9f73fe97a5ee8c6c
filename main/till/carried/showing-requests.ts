import type { IntentArgs } from "#contract/ipc/intents.ts";
import { type CarriedRequest, mostCarriedFen, requestAddress, requestSigned } from "#core/carried/request.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { fail } from "#core/result.ts";
import { newAttempt } from "#core/tender/step-attempt.ts";
import { canStartAttempt } from "#core/tender/tendering.ts";
import type { TillContext } from "#main/till/context.ts";
import { keepDraft, leftToPay } from "#main/till/drafts.ts";
import { isGatewayAway } from "#main/till/gateway-watch.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { asIntentFault, nextPaymentNumber, tenderingOf } from "#main/till/paying.ts";
import { choosing, isTakingPayment, takesWechat } from "#main/till/payment-state.ts";
import type { CarriedWay } from "#main/till/ports/carried-way.ts";

/**
 * The way over the customer's phone, where it may be begun now: WeChat is out of reach from here, and head office has given
 * this till a secret. Null otherwise; while the till's own line works every other way is quicker and surer.
 */
export function carriedOffer(till: TillContext): CarriedWay | null {
  const way = till.deps.sync?.carried ?? null;
  const isOffered = takesWechat(till.deps) && isGatewayAway(till) && way?.offer() !== null;
  return isOffered ? way : null;
}

/** Puts the attempt on disk and its signed request onto the customer's display. No byte leaves the machine. */
export function showCarried(till: TillContext, args: IntentArgs<"show-carried">): Outcome {
  const { deps, state } = till;
  if (!isTakingPayment(till)) return refuse("not-taking-payment");
  if (state.shift === null) return refuse("no-shift");
  if (deps.attempts === null) return refuse("wechat-not-set-up");
  const way = carriedOffer(till);
  const offer = way?.offer() ?? null;
  if (way === null || offer === null) return refuse("carried-not-now");
  const asked = args.amountFen === null ? leftToPay(state.draft) : fen(args.amountFen);
  const allowed = canStartAttempt(tenderingOf(till), asked);
  if (!allowed.ok) return fail(asIntentFault(allowed.fault));
  if (allowed.value > mostCarriedFen) return refuse("amount-out-of-range");
  // The basket must be on disk before money moves for it.
  keepDraft(till, state.draft);
  const request = requestOf(till, way, { amountFen: allowed.value, secretId: offer.secretId });
  const { outTradeNo, amountFen, nonce, secretId, linesFen, lineCount } = request;
  const address = requestAddress(offer.payUrl, request, way.sign(requestSigned(request)));
  const attempt = newAttempt({
    ...{ kind: "carried", outTradeNo, amountFen, nowMs: deps.clock.now() },
    ...{ saleId: state.draft.cart.saleId, tenderId: deps.newId() },
    request: { facts: { nonce, secretId, linesFen, lineCount }, address },
  });
  deps.attempts.start(attempt, null);
  const codeAmountFen = state.payment?.codeAmountFen ?? null;
  state.payment = { ...choosing, codeAmountFen, attempt: deps.attempts.current(attempt.saleId) };
  till.changed("payment", "openAttempts", "status");
  return done;
}

function requestOf(
  till: TillContext,
  way: CarriedWay,
  { amountFen, secretId }: { readonly amountFen: Fen; readonly secretId: string },
): CarriedRequest {
  const { cart } = till.state.draft;
  return {
    ...{ terminalKey: way.terminalKey, outTradeNo: nextPaymentNumber(till), amountFen, secretId },
    ...{ linesFen: priceCart(cart).totalFen, lineCount: cart.lines.length, nonce: way.newNonce() },
  };
}
