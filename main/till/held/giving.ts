import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { Given } from "#contract/wire/held.ts";
import { fail } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { totalOf } from "#main/till/drafts.ts";
import { notify } from "#main/till/notices.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import type { Giving } from "#main/till/ports/held-store.ts";
import type { Draft } from "#main/till/ports/sales-store.ts";
import { writeHeldSale } from "./held-form.ts";
import { askAlone, askLater, askNoMore } from "./moves-state.ts";

/**
 * 挂到全店: gives a sale that is held here to every till of the shop. First a place is found that answers, so that with
 * the line out it simply stays here; then the till marks it on disk, and from there on it is nobody's until that place's
 * word: what was asked once is asked until it is known.
 */
export async function giveHeldSale(till: TillContext, { saleId }: IntentArgs<"give-held-sale">): Promise<Outcome> {
  const { deps } = till;
  const asked = deps.store.draft(saleId);
  const refusal = refusalToGive(till, asked);
  if (asked === null || refusal !== null) return refusal ?? refuse("no-such-sale");
  const place = (await deps.sync?.held.nearest()) ?? null;
  if (place === null) return refuse("held-no-place");
  // Recalled, or given by a second press, while the places were looked for.
  const draft = deps.store.draft(saleId);
  const late = refusalToGive(till, draft);
  if (draft === null || late !== null) return late ?? refuse("no-such-sale");
  const giving: Giving = { saleId, giveId: deps.newId(), place, begunAtMs: deps.clock.now() };
  deps.store.beginGiving(giving);
  till.changed("held");
  const given = await askGiving(till, giving);
  if (given === null) return refuse("held-give-unknown");
  return given.outcome === "refused" ? fail({ kind: "held-kept", why: given.why }) : done;
}

/** After a restart, and whenever head office is back: every sale of which nobody has said whose it is. */
export async function goOnGiving(till: TillContext, giving: Giving): Promise<void> {
  const draft = draftOf(till, giving);
  const given = await askGiving(till, giving);
  if (given?.outcome !== "refused" || draft === null) return;
  const end = { end: "kept", by: null } as const;
  notify(till, { kind: "held-move-ended", saleId: giving.saleId, totalFen: totalOf(draft), ...end });
}

function refusalToGive(till: TillContext, draft: Draft | null): Outcome<never> | null {
  const { store, sync } = till.deps;
  if (sync?.held.isOpen() !== true) return refuse("held-no-place");
  if (draft === null || draft.state !== "held") return refuse("no-such-sale");
  const { saleId } = draft.cart;
  if (store.giving(saleId) !== null) return refuse("held-being-given");
  // A payment that failed is this till's too: its number, and what the gateway may yet say of it.
  if (draft.tenders.length > 0 || store.attemptsOfSale(saleId).length > 0) return refuse("held-has-payment");
  if (draft.exchange !== undefined) return refuse("held-has-exchange");
  if (draft.cart.member !== undefined) return refuse("held-has-member");
  return writeHeldSale(draft, "size-only", "").ok ? null : refuse("held-too-large");
}

async function askGiving(till: TillContext, giving: Giving): Promise<Given | null> {
  const { store, sync } = till.deps;
  const { giveId, place } = giving;
  const draft = draftOf(till, giving);
  if (draft === null || till.state.heldMoves.underWay.has(giveId)) return null;
  const give = writeHeldSale(draft, giveId, nameOf(till, draft.cashierId));
  const given = await askAlone(till, giveId, async () =>
    give.ok ? ((await sync?.held.give(place, give.value)) ?? null) : null,
  );
  // Given up by a manager meanwhile.
  if (draftOf(till, giving) === null) return null;
  if (given === null) {
    askLater(till, giveId, () => goOnGiving(till, giving));
    return null;
  }
  askNoMore(till, giveId);
  if (given.outcome === "refused") store.keepGiving(giving.saleId);
  else store.endGiving(giving.saleId, { kind: "held-sale-given", body: entryOf(giving, draft) });
  till.changed("held", "status");
  return given;
}

function draftOf(till: TillContext, { saleId, giveId }: Giving): Draft | null {
  const { store } = till.deps;
  return store.giving(saleId)?.giveId === giveId ? store.draft(saleId) : null;
}

function entryOf({ saleId, giveId, place }: Giving, draft: Draft) {
  const { label, cashierId, cart } = draft;
  return {
    saleId,
    giveId,
    place: place.kind,
    cashierId,
    label,
    lineCount: cart.lines.length,
    totalFen: totalOf(draft),
  };
}

function nameOf(till: TillContext, cashierId: string): string {
  const record = till.deps.store.listPinRecords().find(({ cashier }) => cashier.id === cashierId);
  return record?.cashier.name ?? cashierId;
}
