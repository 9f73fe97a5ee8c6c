import {
  type Give,
  giveSchema,
  heldForm,
  heldFormOf,
  heldSaleSchema,
  mostHeldBytes,
  type Taken,
} from "#contract/wire/held.ts";
import type { Cart } from "#core/cart/cart.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { isSellable } from "#core/quantity/quantity.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { totalOf } from "#main/till/drafts.ts";
import type { Draft } from "#main/till/ports/sales-store.ts";

/** A held draft as it is given away; the same draft gives the same text each time. Fault: larger than a place takes. */
export function writeHeldSale(draft: Draft, giveId: string, cashierName: string): Result<Give, "too-large"> {
  const { cart, label, cashierId } = draft;
  const totalFen = totalOf(draft);
  const body = JSON.stringify({ cart, label, cashierId, totalFen });
  const written = heldSaleSchema.safeParse(JSON.parse(body));
  if (!written.success) return fail("too-large");
  const form = heldFormOf(written.data.cart);
  const give = {
    ...{ giveId, saleId: cart.saleId, form, label, cashierName, heldAtMs: draft.updatedAtMs },
    ...{ lineCount: cart.lines.length, totalFen, body },
  };
  // Judged as the other side will: what it would not take must not leave this till's list.
  const isTakable = giveSchema.safeParse(give).success;
  return isTakable && Buffer.byteLength(body) <= mostHeldBytes ? ok(give) : fail("too-large");
}

/** What was given away, as a cart: every line, price and discount as they were, and the same total to the fen. */
export function readHeldSale(
  taken: Extract<Taken, { readonly outcome: "yours" }>,
): Result<{ readonly cart: Cart; readonly label: string; readonly cashierId: string }, "newer" | "damaged"> {
  if (taken.form > heldForm) return fail("newer");
  try {
    const { cart: told, label, cashierId, totalFen } = heldSaleSchema.parse(JSON.parse(taken.body));
    // The schema keeps to the very ranges in which a number is money or a quantity; the brands say no more than that.
    const cart = told as unknown as Cart;
    const areSellable = cart.lines.every(({ quantity, unit }) => isSellable(quantity, unit));
    const areApart = new Set(cart.lines.map(({ id }) => id)).size === cart.lines.length;
    const isSame = areSellable && areApart && cart.saleId === taken.saleId && priceCart(cart).totalFen === totalFen;
    return isSame ? ok({ cart, label, cashierId }) : fail("damaged");
  } catch {
    // Not JSON, not of the form, or sums that no till handles.
    return fail("damaged");
  }
}
