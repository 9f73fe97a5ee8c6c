import type { DisplayView } from "#contract/ipc/display-view.ts";
import type { IntentArgs, IntentName, IntentResult } from "#contract/ipc/intents.ts";
import type { TillView, TillViewPatch } from "#contract/ipc/till-view.ts";
import { ok } from "#core/result.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { Section, TillContext, TillDeps } from "#main/till/context.ts";
import { intentTable, scanOf } from "#main/till/intents.ts";
import { followReceipts } from "#main/till/receipt/follow-receipts.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import type { DeviceStatus } from "#main/till/ports/devices.ts";
import { createScanAnswerer } from "#main/till/scanning.ts";
import { restoreState, takeUp } from "#main/till/starting.ts";
import { attemptChanged, attemptSettled } from "#main/till/settling.ts";
import { displayView } from "#main/till/view/display-view.ts";
import { openAttemptsView, paymentView } from "#main/till/view/payment-view.ts";
import { heldView, lastSalesView, saleView } from "#main/till/view/sale-view.ts";
import { peopleView, sessionView, shiftView, shopView, statusView } from "#main/till/view/status-view.ts";

/** What the windows hear: the sections that changed, and the customer display when its view did. */
export interface TillListeners {
  readonly onView: (patch: TillViewPatch) => void;
  readonly onDisplay: (view: DisplayView) => void;
}

export interface Till {
  /** Resolves what the last process left, then takes scans. Called once, when every listener is in place. */
  start(): void;
  perform<N extends IntentName>(intent: N, args: IntentArgs<N>): Promise<IntentResult<N>>;
  view(): TillView;
  displayView(): DisplayView;
  attemptChanged(attempt: Attempt): void;
  attemptSettled(attempt: Attempt): void;
  receiptsChanged(): void;
  devicesChanged(statuses: readonly DeviceStatus[]): void;
  gatewayReached(state: "online" | "offline"): void;
}

/**
 * The till: one sale on the screen, held ones beside it, and everything on disk before it is shown. All use cases run
 * one after the other on this thread. Made idle: nothing is resolved, committed or scanned before `start`.
 */
export function createTill(deps: TillDeps, listeners: TillListeners): Till {
  const state = restoreState(deps);
  const dirty = new Set<Section>();
  let isFlushPlanned = false;
  let lastDisplay = "";
  const till: TillContext = { deps, state, changed };
  const answerScan = createScanAnswerer(till);

  return {
    start() {
      takeUp(till);
      deps.devices.onScan((scan) => void answerScan(scan));
    },
    perform,
    view,
    displayView: () => displayView(till),
    attemptChanged: (attempt) => attemptChanged(till, attempt),
    attemptSettled: (attempt) => attemptSettled(till, attempt),
    receiptsChanged: () => followReceipts(till),
    devicesChanged(statuses) {
      state.deviceStatuses = statuses;
      changed("status");
    },
    gatewayReached(reached) {
      if (state.gateway.state === reached) return;
      state.gateway = { state: reached, sinceMs: deps.clock.now() };
      changed("status");
    },
  };

  async function perform<N extends IntentName>(intent: N, args: IntentArgs<N>): Promise<IntentResult<N>> {
    try {
      // The table pairs each name with its own arguments and answer; a name known only at run time loses the pairing.
      return (await performNamed(intent, args as IntentArgs<IntentName>)) as IntentResult<N>;
    } catch (cause) {
      deps.logFault(`intent ${intent}`, cause);
      return refuse(isStorageFault(cause) ? "storage-trouble" : "internal");
    }
  }

  async function performNamed(intent: IntentName, args: IntentArgs<IntentName>): Promise<Outcome<unknown>> {
    if (intent === "look") return ok(view());
    // As above: main/ipc has parsed the arguments with this intent's own schema.
    if (intent === "scan") return answerScan(scanOf(args as IntentArgs<"scan">, deps.clock.now()));
    const rule = intentTable[intent];
    if (rule.needs === "signed-in" && state.cashier === null) return refuse("not-signed-in");
    return (rule.run as (till: TillContext, args: unknown) => Promise<Outcome<unknown>>)(till, args);
  }

  function changed(...sections: readonly Section[]): void {
    for (const section of sections) dirty.add(section);
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
    const text = JSON.stringify(display);
    if (text === lastDisplay) return;
    lastDisplay = text;
    listeners.onDisplay(display);
  }

  function view(): TillView {
    // Every section is in the table, so the parts are the whole.
    return Object.fromEntries(Object.entries(sections).map(([name, build]) => [name, build(till)])) as unknown as TillView;
  }
}

const sections: { readonly [S in Section]: (till: TillContext) => TillView[S] } = {
  shop: shopView,
  session: sessionView,
  people: peopleView,
  shift: shiftView,
  sale: saleView,
  payment: paymentView,
  notices: (till) => till.state.notices,
  held: heldView,
  lastSales: lastSalesView,
  status: statusView,
  openAttempts: openAttemptsView,
};

function isStorageFault(cause: unknown): boolean {
  return cause instanceof Error && /^(SQLITE_|StoreBroken)/.test("code" in cause ? String(cause.code) : cause.name);
}
