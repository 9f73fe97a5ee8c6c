import type { Cashier } from "#core/access/role.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { type Outcome, refuse } from "#main/till/outcome.ts";
import { permissionFor } from "#main/till/permission.ts";

export type StockAction = "receive-goods" | "count-stock" | "book-stock-take" | "correct-stock";
const everyAction: readonly StockAction[] = ["receive-goods", "count-stock", "book-stock-take", "correct-stock"];

/** Whoever is signed in, where the action is not closed to them; a PIN is asked for where it is booked. */
export function mayBegin(till: TillContext, ...actions: readonly StockAction[]): Outcome<Cashier> {
  const { cashier } = till.state;
  if (cashier === null) return refuse("not-signed-in");
  const isOpen = actions.some((kind) => permissionFor(till, { kind }) !== "no");
  return isOpen ? ok(cashier) : refuse("not-allowed");
}

/** Whoever has anything to do with stock may see how much there is. */
export function maySee(till: TillContext): Outcome<Cashier> {
  return mayBegin(till, ...everyAction);
}

/** What stands in the settings of goods is a manager's. */
export function maySet(till: TillContext): Outcome<Cashier> {
  const { cashier } = till.state;
  if (cashier === null) return refuse("not-signed-in");
  return permissionFor(till, { kind: "manage-catalog" }) === "yes" ? ok(cashier) : refuse("not-allowed");
}
