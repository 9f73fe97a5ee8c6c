import type { Action } from "#core/access/permissions.ts";
import type { Cashier } from "#core/access/role.ts";
import { fail, ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { permissionFor } from "#main/till/permission.ts";
import { noteWrongPin, signOut } from "#main/till/people.ts";

/** A manager's word is for what they saw when they gave it; a machine that took longer to check it asks again. */
const wordHoldsMs = 20_000;

/**
 * Whether the signed-in cashier may do `action` now. A manager's PIN comes with the arguments it is for, covers them once
 * and nothing after it: it is kept nowhere, so another amount asks again. The
 * answer is the approving manager's id, or null where none was needed. Wrong PINs count against the cashier who is
 * signed in, so that nobody can lock a manager out from somebody else's till.
 */
export async function approve(
  till: TillContext,
  action: Action,
  pin: string | undefined,
): Promise<Outcome<string | null>> {
  if (till.state.cashier === null) return refuse("not-signed-in");
  const permission = permissionFor(till, action);
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
  const givenAtMs = till.deps.clock.now();
  for (const record of records.filter((one) => one.cashier.role === "manager")) {
    if (!(await till.deps.pins.verify(record.pinHash, pin))) continue;
    // Whoever asked may have gone meanwhile, or the manager's moment with them.
    if (till.state.cashier !== cashier || till.state.isLocked) return refuse("not-signed-in");
    return till.deps.clock.now() - givenAtMs <= wordHoldsMs ? ok(record.cashier) : refuse("approval-needed");
  }
  if (noteWrongPin(till, cashier.id).kind === "locked" && till.state.cashier === cashier) signOut(till);
  return fail({ kind: "approval-refused" });
}
