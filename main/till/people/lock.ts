import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { hasUnfinishedAttempt, isTakingPayment } from "#main/till/payment-state.ts";
import { endAskedPrice } from "#main/till/open-price/asked-price.ts";
import { endWeighing } from "#main/till/weighing/weighing-state.ts";

/** Until a shop says otherwise. */
const usualLockMinutes = 10;

/** Minutes without a touch until the screen locks; 0: never. */
export function lockMinutes({ deps }: TillContext): number {
  return deps.store.accessSettings().lockMinutes ?? (deps.locksItself === true ? usualLockMinutes : 0);
}

/** Locks by the cashier's own key. The sale stays as it is, and so does a payment that is under way: it shows itself. */
export function lockScreen(till: TillContext): Outcome {
  if (till.state.isLocked) return done;
  if (isPaying(till)) return refuse("payment-under-way");
  lock(till, "key");
  return done;
}

/** Somebody is there. */
export function touch(till: TillContext): Outcome {
  till.state.touchedAtMs = till.deps.clock.now();
  watchIdleness(till);
  return done;
}

/** Waits from now on, unless it waits already or nobody is signed in. */
export function watchIdleness(till: TillContext): void {
  const { state, deps } = till;
  if (state.isWatchingIdleness || state.cashier === null || state.isLocked) return;
  const minutes = lockMinutes(till);
  if (minutes === 0) return;
  const leftMs = state.touchedAtMs + minutes * 60_000 - deps.clock.now();
  state.isWatchingIdleness = true;
  deps.clock.after(Math.max(leftMs, 0), () => {
    state.isWatchingIdleness = false;
    if (state.cashier === null || state.isLocked) return;
    const isIdle = deps.clock.now() >= state.touchedAtMs + lockMinutes(till) * 60_000;
    // The screen of a payment stays: a customer is looking at it. Asked again once it may be over.
    if (isIdle && isPaying(till)) state.touchedAtMs = deps.clock.now();
    else if (isIdle && lockMinutes(till) > 0) return lock(till, "idle");
    watchIdleness(till);
  });
}

/** The screen shows itself again to whoever has just proved who they are. */
export function unlock(till: TillContext): void {
  const { state, deps } = till;
  state.isLocked = false;
  state.badgeShown = null;
  state.touchedAtMs = deps.clock.now();
  watchIdleness(till);
}

function lock(till: TillContext, why: "idle" | "key"): void {
  const { state, deps } = till;
  deps.store.appendJournal({ kind: "screen-locked", body: { cashierId: state.cashier?.id ?? null, why } });
  state.isLocked = true;
  state.multiplier = null;
  endWeighing(till);
  endAskedPrice(till);
  till.changed("session", "sale", "status");
}

function isPaying(till: TillContext): boolean {
  return isTakingPayment(till) || hasUnfinishedAttempt(till);
}
