import type { TillContext } from "#main/till/context.ts";
import { lookForGateway } from "#main/till/gateway-watch.ts";
import { withdrawNotices } from "#main/till/notices.ts";

/** The gateway tells the time in whole seconds, and answers travel; less is not worth a new line of status. */
const leastClockChangeMs = 2_000;

/** Whether the gateway was heard, by its last answer or the last try to get one. */
export function noteGatewayReached(till: TillContext, reached: "online" | "offline"): void {
  const { state, deps, changed } = till;
  if (state.gateway.state === reached) return;
  state.gateway = { ...state.gateway, state: reached, sinceMs: deps.clock.now() };
  // What is offered depends on it.
  changed("status", "payment");
  if (reached === "offline") return lookForGateway(till);
  withdrawNotices(till, (notice) => notice.kind === "scan-refused" && notice.fault === "gateway-away");
}

/** How far the till's clock runs ahead of the gateway's, milliseconds. */
export function noteClockOffset({ state, changed }: TillContext, offsetMs: number): void {
  const known = state.gateway.clockOffsetMs;
  if (known !== null && Math.abs(offsetMs - known) < leastClockChangeMs) return;
  state.gateway = { ...state.gateway, clockOffsetMs: offsetMs };
  changed("status");
}
