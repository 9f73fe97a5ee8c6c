import type { TillContext, TillDeps, TillState } from "#main/till/context.ts";
import { finishIfCovered, withoutFail } from "#main/till/committing.ts";
import { freshDraft, isBegun } from "#main/till/drafts.ts";
import { choosing, takesWechat } from "#main/till/payment-state.ts";
import { unseenTray } from "#main/till/weighing/weighing-state.ts";
import { noHealth } from "#main/till/health/health-state.ts";
import { noStock } from "#main/till/stock/stock-state.ts";
import { noReports } from "#main/till/reports/reports-state.ts";
import { giveUpOpenClaims } from "#main/till/refunds/claiming.ts";
import { takeUpHeldMoves } from "#main/till/held/moves.ts";
import { noLooseScans } from "#main/till/loose-returns/hearing.ts";
import { noLegacy } from "#main/till/legacy/legacy-state.ts";
import { takeUpLegacy } from "#main/till/legacy/taking-up.ts";
import { noLabelScans } from "#main/till/labels/scanned-labels.ts";
import { noHeldMoves } from "#main/till/held/moves-state.ts";
import { followReceipts } from "#main/till/receipt/follow-receipts.ts";

/** The till as the last process left it. Nobody is signed in, but the shift and the cart are there. */
export function restoreState(deps: TillDeps): TillState {
  return {
    cashier: null,
    isLocked: false,
    touchedAtMs: 0,
    isWatchingIdleness: false,
    badgeShown: null,
    unknownBadges: 0,
    badgePausedUntilMs: 0,
    locale: deps.config.locale,
    shift: deps.store.currentShift(),
    draft: deps.store.openDraft() ?? freshDraft(deps.newId(), "", deps.clock.now(), deps.config.rounding),
    multiplier: null,
    scanCount: 0,
    weighing: null,
    tray: unseenTray,
    askedPrice: null,
    payment: null,
    notices: [],
    stoppedPacks: [],
    deviceStatuses: [],
    isDrawerOpen: null,
    gateway: { state: takesWechat(deps) ? "untried" : "off", sinceMs: null, clockOffsetMs: null },
    isLookingForGateway: false,
    connectionTest: { kind: "none" },
    selfTestUntilMs: 0,
    officeCode: { listenUntilMs: 0, scanned: null },
    labelScans: noLabelScans,
    legacy: noLegacy(),
    looseScans: noLooseScans,
    heldMoves: noHeldMoves(),
    reports: noReports(),
    stock: noStock(),
    health: noHealth(),
    reconciliationChanges: 0,
    isThanking: false,
  };
}

/**
 * Takes up at once, or with head office's first word: a restored sale that is paid takes a number, and only head office
 * knows which are given away where this file is an old one put back.
 */
export function takeUpOnceHeard(till: TillContext, onFault: (cause: unknown) => void): void {
  const heard = till.deps.sync?.pastHeard() ?? null;
  if (heard === null) takeUp(till);
  else void heard.then(() => takeUp(till)).catch(onFault);
}

/**
 * What the last process left undone, before anything new: its unfinished attempts and refunds and the held sales on their
 * way are taken up, receipts of which nobody knows are asked about, the payment dialog is shown again, and a sale whose money was all in is finished.
 */
function takeUp(till: TillContext): void {
  const { state, deps } = till;
  resumeMoney(till);
  takeUpLegacy(till);
  giveUpOpenClaims(till);
  takeUpHeldMoves(till);
  followReceipts(till);
  if (state.payment !== null || !isBegun(state.draft)) return;
  const attempt = deps.attempts?.current(state.draft.cart.saleId) ?? null;
  if (attempt === null && state.draft.tenders.length === 0) return;
  state.payment = { ...choosing, attempt };
  till.changed("payment");
  // A disk that refuses must not keep the till from starting: the dialog is open, and 收款 tries again.
  if (attempt === null) withoutFail(till, "finish the restored sale", () => finishIfCovered(till, null));
}

/** Payments have gone over to another merchant, or to the same with other keys: what is on disk goes on with those. */
export function merchantChanged(till: TillContext): void {
  const { state, deps } = till;
  state.gateway = { ...state.gateway, state: takesWechat(deps) ? "untried" : "off", sinceMs: null };
  till.changed("shop", "status", "payment", "reconciliation");
  resumeMoney(till);
  deps.reconciler?.start();
}

function resumeMoney(till: TillContext): void {
  till.deps.attempts?.resumeAll();
  till.deps.refunds?.resumeAll();
  till.changed("openAttempts", "held");
}
