import type { MemberView } from "#contract/ipc/member-intents.ts";
import type { DisplayMember, DonePoints, SaleMemberView } from "#contract/ipc/member-view.ts";
import type { Cart } from "#core/cart/cart.ts";
import { maskCode } from "#core/members/member-code.ts";
import { memberLabel } from "#core/members/member.ts";
import { earnedPoints, mostSpendable, payableBeforePoints } from "#core/members/points.ts";
import { zeroFen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { TillContext } from "#main/till/context.ts";
import type { MemberRecord } from "#main/till/ports/members-store.ts";
import { availablePoints } from "./points-in-reach.ts";

/** What leaves main of a member: the number masked. */
export function memberView(record: MemberRecord): MemberView {
  const { memberId, name, phone, code, balance, enrolledAtMs } = record;
  const card = code === null ? "" : maskCode(code);
  return { memberId, label: memberLabel(record), name, hasPhone: phone !== null, card, balance, enrolledAtMs };
}

/** Whose sale is on the screen, and what it does to their points; null where it is nobody's. */
export function saleMemberView(till: TillContext): SaleMemberView | null {
  const { cart } = till.state.draft;
  if (cart.member === undefined) return null;
  const { store } = till.deps;
  const record = store.member(cart.member.memberId);
  if (record === null) return null;
  const rates = store.pointRates();
  const { memberId, label, name, balance } = memberView(record);
  return {
    ...{ memberId, label, name, balance },
    earns: earnedPoints(priceCart(cart).totalFen, rates),
    spent: cart.member.points?.count ?? 0,
    spentFen: cart.member.points?.worthFen ?? zeroFen,
    mostSpendable: mostSpendable(payableBeforePoints(cart), availablePoints(till, record), rates),
    fenPerPoint: rates.fenPerPoint,
  };
}

/** What the customer display says of it. */
export function displayMember(member: SaleMemberView | undefined): { readonly member?: DisplayMember } {
  if (member === undefined) return {};
  const { label, balance, earns, spent } = member;
  return { member: { label, balance, earns, spent } };
}

/** What a member had before a sale and what a yuan earns, for its commit; nothing where the cart is nobody's. */
export function pointsBefore(
  { deps }: TillContext,
  { member }: Cart,
): { readonly points?: { readonly balance: number; readonly pointsPerYuan: number } } {
  if (member === undefined) return {};
  const { pointsPerYuan } = deps.store.pointRates();
  return { points: { balance: deps.store.member(member.memberId)?.balance ?? 0, pointsPerYuan } };
}

/** What a finished sale did to them. */
export function donePoints({ deps }: TillContext, { member }: Sale): { readonly points?: DonePoints } {
  const record = member === undefined ? null : deps.store.member(member.memberId);
  if (member === undefined || record === null) return {};
  const { earned, spent, balance } = member;
  return { points: { label: memberLabel(record), earned, spent, balance } };
}
