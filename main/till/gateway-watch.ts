import { fen } from "#core/money/fen.ts";
import type { TillContext, TillDeps, TillState } from "#main/till/context.ts";
import { isTakingPayment, takesWechat } from "#main/till/payment-state.ts";

/** Soon enough that nobody scans in vain for long, seldom enough for a network that is just coming back. */
const lookAgainMs = 3_000;
/** As many as an out_trade_no has. */
const mostNumberCharacters = 32;

/**
 * By its last answer the gateway cannot be reached, and the till is able to find out when it can again. Until then no
 * payment is begun: a code sent into a dead line would leave money in doubt, and none is ever kept for later.
 */
export function isGatewayAway({
  state,
  deps,
}: {
  readonly state: Pick<TillState, "gateway">;
  readonly deps: Pick<TillDeps, "inquiry">;
}): boolean {
  return state.gateway.state === "offline" && deps.inquiry !== null;
}

/**
 * While somebody waits to pay and the gateway is away, it is asked again and again about an order that nobody made. Its
 * answer is heard like every other (`gatewayReached`); with that, or with the dialog, the asking ends.
 */
export function lookForGateway(till: TillContext): void {
  look(till, isGatewayAway(till));
}

/**
 * Somebody begins to pay. Head office out of reach is the first sign that the shop's line is down: the gateway is asked
 * before a QR is, whose order would be in doubt, so that the customer's phone is offered instead.
 */
export function lookAsPaymentBegins(till: TillContext): void {
  const { sync } = till.deps;
  const isSuspected = sync?.view().state === "offline" && (sync.carried?.offer() ?? null) !== null;
  look(till, isGatewayAway(till) || isSuspected);
}

function look(till: TillContext, isDoubtful: boolean): void {
  const { state, deps } = till;
  const { inquiry } = deps;
  const isWanted = isTakingPayment(till) && takesWechat(deps) && isDoubtful;
  if (state.isLookingForGateway || inquiry === null || !isWanted) return;
  state.isLookingForGateway = true;
  void inquiry.query(nobodysOrder(deps.newId()), fen(1), "v3").then(() => {
    deps.clock.after(lookAgainMs, () => {
      state.isLookingForGateway = false;
      lookForGateway(till);
    });
  });
}

/** As above, once: somebody has asked who does not stand here waiting. */
export function lookOnce({ state, deps }: TillContext): void {
  const { inquiry } = deps;
  if (state.isLookingForGateway || inquiry === null) return;
  state.isLookingForGateway = true;
  void inquiry.query(nobodysOrder(deps.newId()), fen(1), "v3").then(() => (state.isLookingForGateway = false));
}

/** The number of an order that nobody made: whoever asks about it learns whether anybody answers. */
export function nobodysOrder(id: string): string {
  return `LOOK${id.replaceAll(/[^0-9A-Za-z]/g, "")}`.slice(0, mostNumberCharacters);
}
