import type { IntentArgs, IntentFault } from "#contract/ipc/intents.ts";
import { afterWrongPin } from "#core/access/lockout.ts";
import { fail } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import type { PinRecord } from "#main/till/ports/sales-store.ts";

/** Signing in with a PIN. Failures are counted on disk, so a restart does not give new tries. */
export async function signIn(till: TillContext, args: IntentArgs<"sign-in">): Promise<Outcome> {
  const { deps, state } = till;
  const record = deps.store.listPinRecords().find((one) => one.cashier.id === args.cashierId);
  if (record === undefined) return refuse("not-allowed");
  const nowMs = deps.clock.now();
  if (record.lockedUntilMs > nowMs) return fail({ kind: "locked", untilMs: record.lockedUntilMs });

  if (!(await deps.pins.verify(record.pinHash, args.pin))) {
    // Read again: another try may have been counted while this one was being hashed.
    const now = deps.store.listPinRecords().find((one) => one.cashier.id === args.cashierId) ?? record;
    return fail(noteWrongPin(till, now));
  }
  deps.store.recordSignIn(record.cashier.id, { kind: "signed-in", body: { cashierId: record.cashier.id } });
  state.cashier = record.cashier;
  till.changed("session", "people", "shift", "sale");
  return done;
}

export function signOut(till: TillContext): Outcome {
  const { deps, state } = till;
  if (state.cashier === null) return done;
  deps.store.appendJournal({ kind: "signed-out", body: { cashierId: state.cashier.id } });
  state.cashier = null;
  till.changed("session");
  return done;
}

/** Counts a wrong PIN on disk and says what that means for the next try. */
export function noteWrongPin(till: TillContext, record: PinRecord): Extract<IntentFault, { kind: "wrong-pin" | "locked" }> {
  const { deps } = till;
  const after = afterWrongPin(record.failures, deps.clock.now());
  deps.store.recordPinFailure(record.cashier.id, after.failures, after.lockedUntilMs, {
    kind: "sign-in-refused",
    body: { cashierId: record.cashier.id, failures: after.failures },
  });
  till.changed("people");
  return after.lockedUntilMs > 0
    ? { kind: "locked", untilMs: after.lockedUntilMs }
    : { kind: "wrong-pin", triesLeft: after.triesLeft };
}
