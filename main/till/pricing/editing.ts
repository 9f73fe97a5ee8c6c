import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { PromotionsView } from "#contract/ipc/pricing-intents.ts";
import { may } from "#core/access/permissions.ts";
import { mostPromotions, type Coupon, type Promotion } from "#core/promotion/promotion.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { momentOf } from "#main/till/pricing/in-force.ts";

export function readPromotions(till: TillContext): Outcome<PromotionsView> {
  const allowed = catalogKeepersOnly(till);
  return allowed.ok ? ok(promotionsView(till)) : allowed;
}

/** Adds or changes one; sales on the screen and held ones hear of it at their next change. */
export function savePromotion(till: TillContext, args: IntentArgs<"save-promotion">): Outcome<PromotionsView> {
  const allowed = catalogKeepersOnly(till);
  if (!allowed.ok) return allowed;
  const { promotions } = till.deps.catalog;
  // The schema keeps to the range in which a number is money; the brand says no more than that.
  const promotion = args.promotion as Promotion;
  if (promotions.wasEnded(promotion.id)) return refuse("no-such-promotion");
  const others = promotions.list().filter(({ id }) => id !== promotion.id);
  if (others.length >= mostPromotions) return refuse("too-many-promotions");
  const { coupon } = promotion;
  const isTaken = coupon !== null && others.some((other) => other.coupon !== null && readAlike(other.coupon, coupon));
  if (isTaken) return refuse("coupon-code-taken");
  const before = promotions.list().find(({ id }) => id === promotion.id) ?? null;
  note(till, { promotionId: promotion.id, before, after: promotion });
  promotions.put(promotion);
  return ok(promotionsView(till));
}

export function endPromotion(till: TillContext, args: IntentArgs<"end-promotion">): Outcome<PromotionsView> {
  const allowed = catalogKeepersOnly(till);
  if (!allowed.ok) return allowed;
  const { promotions } = till.deps.catalog;
  const before = promotions.list().find(({ id }) => id === args.promotionId);
  if (before === undefined) return refuse("no-such-promotion");
  note(till, { promotionId: before.id, before, after: null });
  promotions.end(before.id, till.deps.clock.now());
  return ok(promotionsView(till));
}

/** First in the journal: a price nobody can answer for must not be in force. */
function note(
  till: TillContext,
  change: { readonly promotionId: string; readonly before: unknown; readonly after: unknown },
) {
  const body = { ...change, cashierId: till.state.cashier?.id };
  till.deps.store.appendJournal({ kind: "promotion-changed", body });
  till.changed("status");
}

/** Whether one code on paper could be both. */
function readAlike(a: Coupon, b: Coupon): boolean {
  if (a.kind === "shared" && b.kind === "shared") return a.code === b.code;
  const [one, other] = [startOf(a), startOf(b)];
  return one.startsWith(other) || other.startsWith(one);
}

function startOf(coupon: Coupon): string {
  return coupon.kind === "shared" ? coupon.code : coupon.prefix;
}

function promotionsView(till: TillContext): PromotionsView {
  return { promotions: till.deps.catalog.promotions.list(), moment: momentOf(till) };
}

function catalogKeepersOnly({ state }: TillContext): Outcome {
  if (state.cashier === null) return refuse("not-signed-in");
  return may(state.cashier.role, { kind: "manage-catalog" }) === "yes" ? done : refuse("not-allowed");
}
