import type { DisplayView } from "#contract/ipc/display-view.ts";
import type { TillView, TillViewPatch } from "#contract/ipc/till-view.ts";
import type { Section, TillContext, TillDeps, TillState } from "#main/till/context.ts";
import { showOnPole } from "#main/till/pole/show-on-pole.ts";
import { displayView } from "#main/till/view/display-view.ts";
import { openAttemptsView, paymentView } from "#main/till/view/payment-view.ts";
import { reconciliationStatusView } from "#main/till/view/reconciliation-view.ts";
import { reportsView } from "#main/till/reports/reports-state.ts";
import { syncView } from "#main/till/sync/syncing.ts";
import { askedPriceView } from "#main/till/open-price/asked-price.ts";
import { weighingView } from "#main/till/weighing/weighing-view.ts";
import { heldView, lastSalesView, saleView } from "#main/till/view/sale-view.ts";
import { peopleView, sessionView, shiftView, shopView, statusView } from "#main/till/view/status-view.ts";

/** What the windows hear: the sections that changed, and the customer display when its view did. */
export interface TillListeners {
  readonly onView: (patch: TillViewPatch) => void;
  readonly onDisplay: (view: DisplayView) => void;
}

/** The context the use cases work in: what they mark as changed goes to the windows once, after the current turn. */
export function sendViews(deps: TillDeps, state: TillState, listeners: TillListeners): TillContext {
  const till: TillContext = { deps, state, changed };
  const dirty = new Set<Section>();
  let isFlushPlanned = false;
  let lastDisplay = "";
  return till;

  function changed(...marked: readonly Section[]): void {
    for (const section of marked) dirty.add(section);
    // Whoever marks the status has written to the journal, and what waits for head office stands in both.
    if (dirty.has("status")) dirty.add("sync");
    if (isFlushPlanned) return;
    isFlushPlanned = true;
    queueMicrotask(flush);
  }

  function flush(): void {
    isFlushPlanned = false;
    const patch = Object.fromEntries([...dirty].map((section) => [section, sections[section](till)]));
    dirty.clear();
    listeners.onView(patch);
    const display = displayView(till);
    showOnPole(till, display);
    const text = JSON.stringify(display);
    if (text === lastDisplay) return;
    lastDisplay = text;
    listeners.onDisplay(display);
  }
}

export function wholeView(till: TillContext): TillView {
  // Every section is in the table, so the parts are the whole.
  return Object.fromEntries(
    Object.entries(sections).map(([name, build]) => [name, build(till)]),
  ) as unknown as TillView;
}

const sections: { readonly [S in Section]: (till: TillContext) => TillView[S] } = {
  shop: shopView,
  session: sessionView,
  people: peopleView,
  shift: shiftView,
  sale: saleView,
  payment: paymentView,
  weighing: weighingView,
  askedPrice: askedPriceView,
  notices: (till) => till.state.notices,
  held: heldView,
  lastSales: lastSalesView,
  status: statusView,
  openAttempts: openAttemptsView,
  connectionTest: (till) => till.state.connectionTest,
  reconciliation: reconciliationStatusView,
  sync: syncView,
  reports: reportsView,
};
