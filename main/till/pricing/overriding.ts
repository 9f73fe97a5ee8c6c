import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { Action } from "#core/access/permissions.ts";
import { applyCartEvent } from "#core/cart/apply.ts";
import type { CartEvent } from "#core/cart/cart.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { fail } from "#core/result.ts";
import { approve } from "#main/till/approval.ts";
import { asIntentFault, changeCart } from "#main/till/cart-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";

/**
 * 改价: another price for one line, with its reason, in the journal with whose word it was. Giving the catalogue's price
 * back needs nobody's word; what a cashier may take off alone is the access rules' to say.
 */
export async function overridePrice(till: TillContext, args: IntentArgs<"override-price">): Promise<Outcome> {
  const { cart } = till.state.draft;
  const line = cart.lines.find((one) => one.id === args.lineId);
  if (line === undefined) return refuse("no-such-line");
  const fromFen = line.override?.fromFen ?? line.unitPriceFen;
  const to = args.to === null ? null : { unitPriceFen: fen(args.to.priceFen), reason: args.to.reason };
  const trial = applyCartEvent(cart, eventOf(args.lineId, to, null));
  if (!trial.ok) return fail(asIntentFault(trial.fault));
  const action: Action =
    to === null
      ? { kind: "sell" }
      : {
          ...{ kind: "override-price", fromFen, toFen: to.unitPriceFen },
          isDiscounted: line.discount !== null,
        };
  const approval = await approve(till, action, args.approvalPin);
  if (!approval.ok) return approval;
  // The PIN took a moment: a price judged in one cart is not given in another.
  if (till.state.draft.cart !== cart) return refuse("cart-busy");
  const body = {
    ...{ saleId: cart.saleId, cashierId: till.state.cashier?.id, approvedBy: approval.value, lineId: line.id },
    ...{ sku: line.sku, quantity: line.quantity, fromFen, toFen: to?.unitPriceFen ?? fromFen },
    reason: to?.reason ?? "",
  };
  return changeCart(till, eventOf(args.lineId, to, approval.value), { kind: "price-overridden", body });
}

function eventOf(
  lineId: string,
  to: { readonly unitPriceFen: Fen; readonly reason: string } | null,
  approvedBy: string | null,
): CartEvent {
  return { kind: "price-overridden", lineId, to: to === null ? null : { ...to, approvedBy } };
}
