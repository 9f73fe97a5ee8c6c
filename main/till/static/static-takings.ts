import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { StaticTakingsView } from "#contract/ipc/manager-view.ts";
import { ok } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import type { StaticTaking, StaticTakingEnd } from "#core/tender/static-taking.ts";
import { approve } from "#main/till/approval.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { managersOnly } from "#main/till/reading.ts";

/** More than anybody works off in a day; the next ones come up as these go. */
const mostListed = 200;

export function readStaticTakings(till: TillContext): Outcome<StaticTakingsView> {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  const { store } = till.deps;
  return ok({ open: store.openStaticTakings(), takings: store.staticTakings(mostListed) });
}

export function matchStaticTaking(
  till: TillContext,
  { tenderId, transactionId, approvalPin }: IntentArgs<"match-static-taking">,
): Promise<Outcome<StaticTaking>> {
  return endTaking(till, tenderId, { kind: "matched", transactionId }, approvalPin);
}

export function writeOffStaticTaking(
  till: TillContext,
  { tenderId, reason, approvalPin }: IntentArgs<"write-off-static-taking">,
): Promise<Outcome<StaticTaking>> {
  return endTaking(till, tenderId, { kind: "never-received", reason }, approvalPin);
}

/** A manager's word about an open taking: the last one, journaled. The same word again is answered with what is stored. */
async function endTaking(
  till: TillContext,
  tenderId: string,
  end: StaticTakingEnd,
  approvalPin: string | undefined,
): Promise<Outcome<StaticTaking>> {
  const { deps, state } = till;
  const early = endable(till, tenderId, end);
  if (!early.ok || early.value.state !== "open") return early;
  const approval = await approve(till, { kind: "settle-static-code" }, approvalPin);
  if (!approval.ok) return approval;
  const taking = endable(till, tenderId, end);
  if (!taking.ok || taking.value.state !== "open") return taking;
  if (state.cashier === null) return refuse("not-signed-in");
  const at = localIso(deps.clock.now(), deps.config.store.utcOffsetMinutes);
  const ended = deps.store.endStaticTaking(tenderId, end, { at, by: approval.value ?? state.cashier.id });
  till.changed("status");
  return ended === null ? refuse("transaction-used") : ok(ended);
}

function endable(till: TillContext, tenderId: string, end: StaticTakingEnd): Outcome<StaticTaking> {
  const taking = till.deps.store.staticTaking(tenderId);
  if (taking === null) return refuse("no-such-taking");
  if (taking.state === "open" || isSaid(taking, end)) return ok(taking);
  return refuse("taking-has-ended");
}

/** The answer was lost, or the key pressed twice. */
function isSaid({ state, transactionId, reason }: StaticTaking, end: StaticTakingEnd): boolean {
  return end.kind === "matched"
    ? state === "matched" && transactionId === end.transactionId
    : state === "never-received" && reason === end.reason;
}
