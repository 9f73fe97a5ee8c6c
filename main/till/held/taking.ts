import type { IntentArgs } from "#contract/ipc/intents.ts";
import { heldForm, type Taken } from "#contract/wire/held.ts";
import { fen } from "#core/money/fen.ts";
import { fail } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { isBegun } from "#main/till/drafts.ts";
import { notify } from "#main/till/notices.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { closeDialog } from "#main/till/payment-state.ts";
import type { PlacedRow } from "#main/till/ports/held-places.ts";
import type { Taking, TakenAs } from "#main/till/ports/held-store.ts";
import type { Draft } from "#main/till/ports/sales-store.ts";
import { endAskedPrice } from "#main/till/open-price/asked-price.ts";
import { endWeighing } from "#main/till/weighing/weighing-state.ts";
import { readHeldSale } from "./held-form.ts";
import { askAlone, askLater, askNoMore } from "./moves-state.ts";

type Yours = Extract<Taken, { readonly outcome: "yours" }>;

/**
 * Takes a sale that is held for every till. The till's own id for the taking is on disk before the place is asked: whoever
 * asked first has the sale, whatever becomes of the answer, and the loser reads who. It comes into the cart where that is
 * still empty by then, else among the held ones.
 */
export async function takeHeldSale(till: TillContext, { giveId }: IntentArgs<"take-held-sale">): Promise<Outcome> {
  const { state, deps } = till;
  if (state.shift === null) return refuse("no-shift");
  if (isBegun(state.draft)) return refuse("cart-busy");
  if (deps.sync?.held.isOpen() !== true) return refuse("held-no-place");
  const begun = deps.store.takings().find((taking) => taking.giveId === giveId);
  if (begun !== undefined) return askTaking(till, begun, true);
  const row = state.heldMoves.listed.get(giveId);
  if (row === undefined) return refuse("held-gone");
  if (row.form > heldForm) return refuse("held-newer");
  const taking = takingOf(row, deps.newId(), deps.clock.now());
  deps.store.beginTaking(taking);
  till.changed("held");
  return askTaking(till, taking, true);
}

/** After a restart, and whenever head office is back: what was asked for is finished, or found to be another's. */
export async function goOnTaking(till: TillContext, taking: Taking): Promise<void> {
  const outcome = await askTaking(till, taking, false);
  if (outcome.ok || isUnderWay(till, taking)) return;
  const { fault } = outcome;
  const by = fault.kind === "held-taken-by" ? fault.terminalId : null;
  tell(till, taking, by === null ? "gone" : "taken", by);
}

async function askTaking(till: TillContext, taking: Taking, isAwaited: boolean): Promise<Outcome> {
  const { store, sync } = till.deps;
  const { takeId, giveId, place } = taking;
  if (till.state.heldMoves.underWay.has(takeId)) return refuse("held-take-unknown");
  const taken = await askAlone(till, takeId, async () => (await sync?.held.take(place, giveId, takeId)) ?? null);
  // Given up by a manager, or ended by another question meanwhile.
  if (!isUnderWay(till, taking)) return refuse("held-gone");
  if (taken === null) {
    askLater(till, takeId, () => goOnTaking(till, taking));
    return refuse("held-take-unknown");
  }
  askNoMore(till, takeId);
  till.changed("held", "status");
  if (taken.outcome === "yours") return keepTaken(till, taking, taken, isAwaited);
  store.dropTaking(takeId);
  if (taken.outcome === "taken") return fail({ kind: "held-taken-by", terminalId: taken.by });
  return refuse("held-gone");
}

/** The place's word is that it is ours: a draft of this till from here on, in one transaction with the journal. */
function keepTaken(till: TillContext, taking: Taking, taken: Yours, isAwaited: boolean): Outcome {
  const { deps, state } = till;
  const { takeId } = taking;
  const read = readHeldSale(taken);
  if (!read.ok) {
    deps.store.dropTaking(takeId, { kind: "held-sale-taken", body: { ...entryOf(till, taking), became: read.fault } });
    return refuse(read.fault === "newer" ? "held-newer" : "held-damaged");
  }
  const { cart, label, cashierId } = read.value;
  const { cashier, shift } = state;
  const isOpened = isAwaited && cashier !== null && shift !== null && !isBegun(state.draft) && state.payment === null;
  const draft: Draft = {
    ...{ cart, tenders: [], label, cashierId: cashier?.id ?? cashierId, state: isOpened ? "open" : "held" },
    updatedAtMs: isOpened ? deps.clock.now() : taken.heldAtMs,
  };
  const became = deps.store.endTaking(takeId, draft, (as) => {
    return { kind: "held-sale-taken", body: { ...entryOf(till, taking), became: as } };
  });
  if (became !== "draft") return refuse(faultOf[became]);
  if (isOpened) openTaken(till, draft);
  else tell(till, taking, "came", null);
  return done;
}

const faultOf: Readonly<Record<Exclude<TakenAs, "draft">, "held-sold-here" | "held-draft-here">> = {
  "sold-here": "held-sold-here",
  "draft-here": "held-draft-here",
};

function openTaken(till: TillContext, draft: Draft): void {
  till.state.draft = draft;
  till.state.multiplier = null;
  endWeighing(till);
  endAskedPrice(till);
  closeDialog(till);
  till.changed("sale", "held", "status");
}

function takingOf(row: PlacedRow, takeId: string, begunAtMs: number): Taking {
  const { giveId, saleId, place, label, cashierName, fromTerminal, heldAtMs, lineCount, totalFen } = row;
  return { takeId, giveId, saleId, place, label, cashierName, fromTerminal, heldAtMs, lineCount, totalFen, begunAtMs };
}

function isUnderWay(till: TillContext, { takeId }: Taking): boolean {
  return till.deps.store.takings().some((one) => one.takeId === takeId);
}

function entryOf(till: TillContext, { takeId, giveId, saleId, fromTerminal, place, totalFen }: Taking) {
  const cashierId = till.state.cashier?.id ?? null;
  return { saleId, takeId, giveId, fromTerminal, place: place.kind, totalFen, cashierId };
}

function tell(
  till: TillContext,
  { saleId, totalFen }: Taking,
  end: "came" | "taken" | "gone",
  by: string | null,
): void {
  notify(till, { kind: "held-move-ended", saleId, totalFen: fen(totalFen), end, by });
}
