import { may, type Action } from "#core/access/permissions.ts";
import type { Cashier } from "#core/access/role.ts";
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

  const manager = await managerBehind(till, pin);
  return manager.ok ? ok(manager.value.id) : manager;
}

/**
 * A manager's PIN, whoever is signed in: for what signs money off, a manager's till left standing is not enough. The
 * answer is that manager.
 */
export async function approveByPin(till: TillContext, pin: string): Promise<Outcome<Cashier>> {
  return till.state.cashier === null ? refuse("not-signed-in") : managerBehind(till, pin);
}

async function managerBehind(till: TillContext, pin: string): Promise<Outcome<Cashier>> {
  const { cashier } = till.state;
  if (cashier === null) return refuse("not-signed-in");
  const records = till.deps.store.listPinRecords();
  for (const record of records.filter((one) => one.cashier.role === "manager")) {
    if (!(await till.deps.pins.verify(record.pinHash, pin))) continue;
    return till.state.cashier === cashier ? ok(record.cashier) : refuse("not-signed-in");
  }
  if (noteWrongPin(till, cashier.id).kind === "locked" && till.state.cashier === cashier) signOut(till);
  return fail({ kind: "approval-refused" });
}
