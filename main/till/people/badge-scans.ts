import { readBadge } from "#core/access/badge.ts";
import type { TillContext } from "#main/till/context.ts";
import { notify, withdrawNotices } from "#main/till/notices.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { welcome } from "#main/till/people.ts";
import { touch } from "#main/till/people/lock.ts";
import { hasUnfinishedAttempt } from "#main/till/payment-state.ts";

type BadgeRefusal = "unknown" | "locked" | "paying";

/** A badge sends this many people away for nothing before a minute's pause: nobody tries through a box of old badges. */
const mostUnknown = 5;
const pauseMs = 60_000;

/**
 * Takes a badge where the scan is one, and null where it is something else. Asked before anything else may look at a scan: a
 * badge is never an item, is shown nowhere and is written down nowhere.
 */
export function takeBadge(till: TillContext, text: string): Outcome | null {
  const badge = readBadge(text);
  if (badge === null) return null;
  const { state, deps } = till;
  const nowMs = deps.clock.now();
  if (state.badgePausedUntilMs > nowMs) return refuseBadge(till, "locked");
  const record = deps.store.personByBadge(deps.pins.badgeHash(badge));
  if (record === null) return refuseUnknown(till, nowMs);
  if (record.lockedUntilMs > nowMs) return refuseBadge(till, "locked");
  state.unknownBadges = 0;
  withdrawNotices(till, ({ kind }) => kind === "badge-refused");
  const { cashier } = record;
  if (state.cashier?.id === cashier.id && !state.isLocked) return done;
  if (hasUnfinishedAttempt(till) && state.cashier !== null && !state.isLocked) return refuseBadge(till, "paying");
  if (deps.store.accessSettings().badgeNeedsPin) return askForPin(till, cashier.id);
  welcome(till, cashier, "badge");
  return done;
}

/** The same for a scan of a device, with the sound of its answer; true where it was a badge. */
export function heardBadge(till: TillContext, text: string): boolean {
  touch(till);
  const taken = takeBadge(till, text);
  if (taken !== null) till.deps.playSound(taken.ok ? "found" : "unknown");
  return taken !== null;
}

/** The sign-in screen with this person chosen. Whoever was signed in is behind the lock until then. */
function askForPin(till: TillContext, cashierId: string): Outcome {
  const { state } = till;
  if (state.cashier !== null) state.isLocked = true;
  state.badgeShown = cashierId;
  till.changed("session", "people");
  return done;
}

function refuseUnknown(till: TillContext, nowMs: number): Outcome {
  const { state, deps } = till;
  state.unknownBadges += 1;
  if (state.unknownBadges >= mostUnknown) {
    state.unknownBadges = 0;
    state.badgePausedUntilMs = nowMs + pauseMs;
  }
  deps.store.appendJournal({ kind: "sign-in-refused", body: { cashierId: null, with: "badge" } });
  return refuseBadge(till, "unknown");
}

function refuseBadge(till: TillContext, why: BadgeRefusal): Outcome {
  notify(till, { kind: "badge-refused", why });
  return refuse("not-allowed");
}
