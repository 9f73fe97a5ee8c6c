import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { afterWrongPin } from "#core/access/lockout.ts";
import type { Cashier } from "#core/access/role.ts";
import { fail } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { withdrawNotices } from "#main/till/notices.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { unlock } from "#main/till/people/lock.ts";
import { endAskedPrice } from "#main/till/open-price/asked-price.ts";
import { endWeighing } from "#main/till/weighing/weighing-state.ts";
import type { PinRecord } from "#main/till/ports/sales-store.ts";

type WrongPin = Extract<IntentFault, { kind: "wrong-pin" | "locked" }>;

/** Signing in with a PIN. Failures are counted on disk, so a restart does not give new tries. */
export async function signIn(till: TillContext, args: IntentArgs<"sign-in">): Promise<Outcome> {
  const { deps } = till;
  const record = recordOf(till, args.cashierId);
  if (record === undefined) return refuse("not-allowed");
  const locked = lockOf(till, record);
  if (locked !== null) return fail(locked);

  // Beside the PIN's own work: the first number of a session is given by somebody who has signed in.
  const heard = deps.sync?.pastHeard() ?? null;
  const isRight = await deps.pins.verify(record.pinHash, args.pin);
  // Asked again: many tries at once must not slip in between the question and the count.
  const lockedMeanwhile = lockOf(till, recordOf(till, args.cashierId) ?? record);
  if (lockedMeanwhile !== null) return fail(lockedMeanwhile);
  if (!isRight) return fail(noteWrongPin(till, record.cashier.id));
  if (heard !== null) await heard;
  welcome(till, record.cashier, "pin");
  return done;
}

/** Lets in somebody who has just shown who they are: to a new turn at the till, or back behind a locked screen. */
export function welcome(till: TillContext, cashier: Cashier, by: "pin" | "badge"): void {
  const { deps, state } = till;
  const isBack = state.isLocked && state.cashier?.id === cashier.id;
  const body = { cashierId: cashier.id, ...(by === "badge" ? { with: by } : {}) };
  deps.store.recordSignIn(cashier.id, { kind: isBack ? "screen-unlocked" : "signed-in", body });
  if (!isBack) state.multiplier = null;
  state.cashier = cashier;
  unlock(till);
  withdrawNotices(till, (notice) => notice.kind === "scan-while-not-selling" && notice.why === "signed-out");
  till.changed("session", "people", "sale", "status");
}

export function signOut(till: TillContext): Outcome {
  const { deps, state } = till;
  if (state.cashier === null) return done;
  deps.store.appendJournal({ kind: "signed-out", body: { cashierId: state.cashier.id } });
  state.cashier = null;
  state.isLocked = false;
  state.badgeShown = null;
  state.multiplier = null;
  endWeighing(till);
  endAskedPrice(till);
  till.changed("session", "sale", "status");
  return done;
}

/** Counts a wrong PIN on disk and says what that means for the next try. */
export function noteWrongPin(till: TillContext, cashierId: string): WrongPin {
  const { deps } = till;
  const after = afterWrongPin(recordOf(till, cashierId)?.failures ?? 0, deps.clock.now());
  deps.store.recordPinFailure(cashierId, after.failures, after.lockedUntilMs, {
    kind: "sign-in-refused",
    body: { cashierId, failures: after.failures },
  });
  till.changed("people", "status");
  return after.lockedUntilMs > 0
    ? { kind: "locked", untilMs: after.lockedUntilMs }
    : { kind: "wrong-pin", triesLeft: after.triesLeft };
}

function recordOf(till: TillContext, cashierId: string): PinRecord | undefined {
  return till.deps.store.listPinRecords().find((one) => one.cashier.id === cashierId);
}

function lockOf(till: TillContext, { lockedUntilMs }: PinRecord): WrongPin | null {
  return lockedUntilMs > till.deps.clock.now() ? { kind: "locked", untilMs: lockedUntilMs } : null;
}
