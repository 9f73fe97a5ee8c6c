import type { IntentArgs } from "#contract/ipc/intents.ts";
import { approve } from "#main/till/approval.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { goOnGiving } from "./giving.ts";
import { askNoMore, askSafely } from "./moves-state.ts";
import { goOnTaking } from "./taking.ts";

/** Asks about every sale of which nobody has said yet whose it is: at the start, and when head office answers again. */
export function takeUpHeldMoves(till: TillContext): void {
  const { store, sync } = till.deps;
  if (sync?.held.isOpen() !== true) return;
  for (const giving of store.givings()) void askSafely(till, () => goOnGiving(till, giving));
  for (const taking of store.takings()) void askSafely(till, () => goOnTaking(till, taking));
}

/** Head office was heard of: if it answers again after it did not, so may the places. */
export function officeHeard(till: TillContext): void {
  const { heldMoves } = till.state;
  const isOnline = till.deps.sync?.view().state === "online";
  if (isOnline && !heldMoves.wasOnline) takeUpHeldMoves(till);
  heldMoves.wasOnline = isOnline;
}

/**
 * A manager gives up a sale that is on its way, because the place will not answer any more. What was being given is void
 * here and may lie there; what was being taken may be this till's at the place, which then gives it to nobody. Either way
 * it has no second owner: the goods are rung up again.
 */
export async function dropHeldMove(till: TillContext, args: IntentArgs<"drop-held-move">): Promise<Outcome> {
  const { deps } = till;
  const moves = () => ({
    giving: deps.store.giving(args.saleId),
    taking: deps.store.takings().find(({ saleId }) => saleId === args.saleId) ?? null,
  });
  const asked = moves();
  if (asked.giving === null && asked.taking === null) return refuse("no-such-sale");
  const approval = await approve(till, { kind: "void-sale", lineCount: 1 }, args.approvalPin);
  if (!approval.ok) return approval;
  const { giving, taking } = moves();
  const id = giving?.giveId ?? taking?.takeId ?? "";
  if (till.state.heldMoves.underWay.has(id)) return refuse("held-take-unknown");
  const by = { cashierId: till.state.cashier?.id, approvedBy: approval.value };
  const { saleId } = args;
  if (giving !== null) {
    const lines = deps.store.draft(saleId)?.cart.lines ?? [];
    deps.store.endGiving(saleId, { kind: "sale-voided", body: { saleId, ...by, giveId: giving.giveId, lines } });
  } else if (taking !== null) {
    const { takeId, giveId, fromTerminal, totalFen } = taking;
    const body = { saleId, takeId, giveId, fromTerminal, totalFen, ...by, became: "given-up" };
    deps.store.dropTaking(takeId, { kind: "held-sale-taken", body });
  }
  askNoMore(till, id);
  till.changed("held", "status");
  return done;
}
