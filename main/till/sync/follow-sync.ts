import type { TillContext } from "#main/till/context.ts";
import { isBegun } from "#main/till/drafts.ts";
import { officeHeard } from "#main/till/held/moves.ts";
import { signOut } from "#main/till/people.ts";

/**
 * Windows follow. Whoever head office took away is signed out, but not out of a sale: this is called again with every
 * answer of head office, and by then the customer is served.
 */
export function followSync(till: TillContext, what?: "people" | "shop"): void {
  till.changed("sync", "status", "payment");
  officeHeard(till);
  if (what === "shop") till.changed("shop");
  if (what === "people") till.changed("people");
  const { cashier, draft, payment } = till.state;
  if (cashier === null) return;
  const record = till.deps.store.listPinRecords().find((one) => one.cashier.id === cashier.id);
  if (record === undefined) {
    if (!isBegun(draft) && payment === null) signOut(till);
    return;
  }
  if (record.cashier.role === cashier.role && record.cashier.name === cashier.name) return;
  till.state.cashier = record.cashier;
  till.changed("session");
}
