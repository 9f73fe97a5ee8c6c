import type { IntentArgs } from "#contract/ipc/intents.ts";
import { applyCartEvent } from "#core/cart/apply.ts";
import { mostSpendable, payableBeforePoints } from "#core/members/points.ts";
import { changeCart } from "#main/till/cart-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { keepDraft } from "#main/till/drafts.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { closeDialog, hasUnfinishedAttempt } from "#main/till/payment-state.ts";
import type { MemberRecord } from "#main/till/ports/members-store.ts";
import { promoted } from "#main/till/pricing/in-force.ts";
import { availablePoints, withinReach } from "./points-in-reach.ts";

/** Puts a member on the sale on the screen, or takes them off; prices are worked out anew. */
export function setMember(till: TillContext, { memberId }: IntentArgs<"set-member">): Outcome {
  if (memberId !== null && activeMember(till, memberId) === null) return refuse("no-such-member");
  return putOn(till, memberId);
}

/** A card that was scanned: never a product, whoever's it is. */
export function takeMemberCode(till: TillContext, code: string): Outcome {
  const record = till.deps.store.memberByCode(code);
  return record === null ? refuse("member-unknown") : putOn(till, record.memberId);
}

/** Points that pay a part of the sale. */
export function spendPoints(till: TillContext, { count }: IntentArgs<"spend-points">): Outcome {
  const { deps, state } = till;
  const { cart } = state.draft;
  const record = cart.member === undefined ? null : activeMember(till, cart.member.memberId);
  if (cart.member === undefined || record === null) return refuse("no-member");
  const rates = deps.store.pointRates();
  if (count > 0 && rates.fenPerPoint === 0) return refuse("points-not-spent-here");
  const most = mostSpendable(payableBeforePoints(cart), availablePoints(till, record), rates);
  if (count > most) return refuse("too-many-points");
  return changeCart(till, { kind: "points-spent", count, fenPerPoint: rates.fenPerPoint });
}

/**
 * Before a sale is paid: what was promised to it holds only as far as it can still be kept. Goods may have come back, the
 * member may have been deleted, since it was held.
 */
export function settleMember(till: TillContext): void {
  const { state } = till;
  const { cart, tenders } = state.draft;
  if (cart.member === undefined || tenders.length > 0) return;
  const isGone = activeMember(till, cart.member.memberId) === null;
  const { member: _, ...bare } = cart;
  const settled = isGone ? promoted(till, bare) : withinReach(till, cart);
  if (JSON.stringify(settled) !== JSON.stringify(cart)) keepDraft(till, { ...state.draft, cart: settled });
}

/** A member who is nobody any more is on no sale either, unless it is being paid already. */
export function takeOff(till: TillContext, memberId: string): void {
  if (till.state.draft.cart.member?.memberId === memberId) putOn(till, null);
}

export function activeMember(till: TillContext, memberId: string): MemberRecord | null {
  const record = till.deps.store.member(memberId);
  return record === null || record.isDeleted ? null : record;
}

function putOn(till: TillContext, memberId: string | null): Outcome {
  const { state } = till;
  if (state.draft.cart.lines.length > 0) return changeCart(till, { kind: "member-set", memberId });
  if (state.shift === null) return refuse("no-shift");
  if (hasUnfinishedAttempt(till)) return refuse("payment-under-way");
  const applied = applyCartEvent(state.draft.cart, { kind: "member-set", memberId });
  // Before the first goods there is nothing on disk yet; the member goes there with them.
  if (state.payment?.done) closeDialog(till);
  if (applied.ok) state.draft = { ...state.draft, cart: applied.value };
  till.changed("sale");
  return done;
}
