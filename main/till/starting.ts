import type { TillContext, TillDeps, TillState } from "#main/till/context.ts";
import { finishIfCovered, withoutFail } from "#main/till/committing.ts";
import { freshDraft, isBegun } from "#main/till/drafts.ts";
import { choosing } from "#main/till/payment-state.ts";
import { followReceipts } from "#main/till/receipt/follow-receipts.ts";

/** The till as the last process left it. Nobody is signed in, but the shift and the cart are there. */
export function restoreState(deps: TillDeps): TillState {
  return {
    cashier: null,
    locale: deps.config.locale,
    shift: deps.store.currentShift(),
    draft: deps.store.openDraft() ?? freshDraft(deps.newId(), "", deps.clock.now()),
    multiplier: null,
    scanCount: 0,
    payment: null,
    notices: [],
    deviceStatuses: [],
    gateway: { state: deps.attempts === null ? "off" : "untried", sinceMs: null, clockOffsetMs: null },
    reconciliationChanges: 0,
    isThanking: false,
  };
}

/**
 * What the last process left undone, before anything new: its unfinished attempts and refunds are taken up, receipts of which nobody
 * knows are asked about, the payment dialog is shown again, and a sale whose money was all in is finished.
 */
export function takeUp(till: TillContext): void {
  const { state, deps } = till;
  deps.attempts?.resumeAll();
  deps.refunds?.resumeAll();
  till.changed("openAttempts", "held");
  followReceipts(till);
  if (state.payment !== null || !isBegun(state.draft)) return;
  const attempt = deps.attempts?.current(state.draft.cart.saleId) ?? null;
  if (attempt === null && state.draft.tenders.length === 0) return;
  state.payment = { ...choosing, attempt };
  till.changed("payment");
  // A disk that refuses must not keep the till from starting: the dialog is open, and 收款 tries again.
  if (attempt === null) withoutFail(till, "finish the restored sale", () => finishIfCovered(till, null));
}
