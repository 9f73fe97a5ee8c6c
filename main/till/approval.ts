import { may, type Action } from "#core/access/permissions.ts";
import { fail, ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { noteWrongPin, signOut } from "#main/till/people.ts";

/**
 * Whether the signed-in cashier may do `action` now. A manager's PIN covers this one action and nothing after it; the
 * answer is the approving manager's id, or null where none was needed. Wrong PINs count against the cashier who is
 * signed in, so that nobody can lock a manager out from somebody else's till.
 */
export async function approve(
  till: TillContext,
  action: Action,
  pin: string | undefined,
): Promise<Outcome<string | null>> {
  const { cashier } = till.state;
  if (cashier === null) return refuse("not-signed-in");
  const permission = may(cashier.role, action);
  if (permission === "yes") return ok(null);
  if (permission === "no") return refuse("not-allowed");
  if (pin === undefined) return refuse("approval-needed");

  const records = till.deps.store.listPinRecords();
  for (const record of records.filter((one) => one.cashier.role === "manager")) {
    if (!(await till.deps.pins.verify(record.pinHash, pin))) continue;
    return till.state.cashier === cashier ? ok(record.cashier.id) : refuse("not-signed-in");
  }
  if (noteWrongPin(till, cashier.id).kind === "locked" && till.state.cashier === cashier) signOut(till);
  return fail({ kind: "approval-refused" });
}
