import type { DisplayView } from "#contract/ipc/display-view.ts";
import type { IntentArgs, IntentName, IntentResult } from "#contract/ipc/intents.ts";
import type { TillView } from "#contract/ipc/till-view.ts";
import type { CarriedOrder } from "#contract/wire/carried.ts";
import type { Refund } from "#core/refund/refund.ts";
import { ok } from "#core/result.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { TillAtWork } from "#core/update/put-in.ts";
import { heardCarried } from "#main/till/carried/proving.ts";
import { createLegacyDesk } from "#main/till/legacy/legacy-desk.ts";
import { mayGoOnInLegacyPayment } from "#main/till/legacy/legacy-intents.ts";
import { legacyOnScreen } from "#main/till/legacy/on-screen.ts";
import type { LegacyDesk } from "#main/till/ports/legacy-desk.ts";
import { journalNotes } from "#main/till/catalogue/noting-changes.ts";
import type { TillContext, TillDeps } from "#main/till/context.ts";
import { intentTable, scanOf } from "#main/till/intents.ts";
import { noteDrawer } from "#main/till/drawer.ts";
import { type SeenClockJump, tellOfClockJump } from "#main/till/clock-jumped.ts";
import { notify } from "#main/till/notices.ts";
import { noteClockOffset, noteGatewayReached } from "#main/till/gateway-status.ts";
import { followReceipts } from "#main/till/receipt/follow-receipts.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import type { DeviceStatus, DrawerState, Scan } from "#main/till/ports/devices.ts";
import { reconciliationChanged } from "#main/till/reconciliation/reconciling.ts";
import { createScanAnswerer } from "#main/till/scanning.ts";
import { startStock } from "#main/till/stock/recounting-stock.ts";
import { heardForStock } from "#main/till/stock/stock-scans.ts";
import { startRecounts } from "#main/till/reports/recounting.ts";
import { refundChanged, refundSettled } from "#main/till/refunds/refund-progress.ts";
import { heardBadge, takeBadge } from "#main/till/people/badge-scans.ts";
import { isForLooseReturn } from "#main/till/loose-returns/hearing.ts";
import { isForLabels } from "#main/till/labels/scanned-labels.ts";
import { isForOffice } from "#main/till/settings/office-intents.ts";
import { isForSetUp } from "#main/till/settings/self-test.ts";
import { merchantChanged, restoreState, takeUpOnceHeard } from "#main/till/starting.ts";
import { attemptChanged, attemptSettled } from "#main/till/settling.ts";
import { followSync } from "#main/till/sync/follow-sync.ts";
import { tellOfDisk } from "#main/till/storage-fault.ts";
import { atWork } from "#main/till/update/at-work.ts";
import { weightHeard } from "#main/till/weighing/weighing.ts";
import { displayView } from "#main/till/view/display-view.ts";
import { sendViews, wholeView, type TillListeners } from "#main/till/view/view-sender.ts";

export interface Till {
  /** Resolves what the last process left, then takes scans. Called once, when every listener is in place. */
  start(): void;
  perform<N extends IntentName>(intent: N, args: IntentArgs<N>): Promise<IntentResult<N>>;
  view(): TillView;
  displayView(): DisplayView;
  /** Where old tills' messages are answered. */
  readonly legacyDesk: LegacyDesk;
  /** What an update would be in the way of. */
  atWork(): TillAtWork;
  attemptChanged(attempt: Attempt): void;
  attemptSettled(attempt: Attempt): void;
  refundChanged(refund: Refund): void;
  refundSettled(refund: Refund): void;
  /** `days`: something was compared or stored; `progress`: only how far it is. */
  reconciliationChanged(what: "days" | "progress"): void;
  receiptsChanged(): void;
  /** A list of goods was taken in. */
  goodsChanged(): void;
  /** How the till stands with head office, and `what` else its answer has changed. */
  syncChanged(what?: "people" | "shop"): void;
  /** Head office's word of payments on customers' phones; throws nothing. */
  carriedHeard(orders: readonly CarriedOrder[]): void;
  devicesChanged(statuses: readonly DeviceStatus[]): void;
  /** null: nobody can tell any more. */
  drawerChanged(state: Pick<DrawerState, "isOpen"> | null): void;
  gatewayReached(state: "online" | "offline"): void;
  /** Payments go over another client from now on; `attempts` and `refunds` of the deps are already its drivers. */
  merchantChanged(): void;
  /** How far the till's clock runs ahead of the gateway's, milliseconds. */
  clockMeasured(offsetMs: number): void;
  /** The machine's calendar was set, or the machine slept. */
  clockJumped(jump: SeenClockJump): void;
  /** A store took back a change and takes no other: the till is about to start again. */
  diskFailed(): void;
  /** The machine has slept: whatever was waited for meanwhile is asked for now. */
  woke(): void;
}

/**
 * The till: one sale on the screen, held ones beside it, and everything on disk before it is shown. All use cases run
 * one after the other on this thread. Made idle: nothing is resolved, committed or scanned before `start`.
 */
export function createTill(deps: TillDeps, listeners: TillListeners): Till {
  const state = restoreState(deps);
  const till = sendViews(deps, state, listeners);
  const answerScan = createScanAnswerer(till);

  return {
    start() {
      takeUpOnceHeard(till, (cause) => void broken("take up what the last process left", cause));
      // Changes of goods that the last process had no time to write down.
      journalNotes(till);
      tellWhatTheStartFound(till);
      deps.devices.onScan(takeScan);
      deps.devices.onWeight((weight) => weightHeard(till, weight));
      deps.reconciler?.start();
      startRecounts(till);
      startStock(till);
    },
    perform,
    ...askedOf(till),
    attemptChanged: (attempt) => attemptChanged(till, attempt),
    attemptSettled: (attempt) => attemptSettled(till, attempt),
    refundChanged: (refund) => refundChanged(till, refund),
    refundSettled: (refund) => refundSettled(till, refund),
    reconciliationChanged: (what) => reconciliationChanged(till, what),
    receiptsChanged: () => followReceipts(till),
    goodsChanged: () => journalNotes(till),
    ...{ syncChanged: (what) => followSync(till, what), carriedHeard: (orders) => heardCarried(till, orders) },
    devicesChanged: (statuses) => noteDevices(till, statuses),
    drawerChanged: (drawer) => noteDrawer(till, drawer),
    gatewayReached: (reached) => noteGatewayReached(till, reached),
    merchantChanged: () => merchantChanged(till),
    clockMeasured: (offsetMs) => noteClockOffset(till, offsetMs),
    clockJumped: (jump) => tellOfClockJump(till, jump),
    ...{ diskFailed: () => notify(till, { kind: "disk-restart" }), woke: () => askAfterSleep(till) },
  };

  async function perform<N extends IntentName>(intent: N, args: IntentArgs<N>): Promise<IntentResult<N>> {
    try {
      // The table pairs each name with its own arguments and answer; a name known only at run time loses the pairing.
      return (await performNamed(intent, args)) as IntentResult<N>;
    } catch (cause) {
      return broken(`intent ${intent}`, cause);
    }
  }

  /** From a device: nobody waits for an answer, so a fault ends here. */
  function takeScan(scan: Scan): void {
    try {
      if (heardBadge(till, scan.text)) return;
      if (isForSetUp(till, scan) || isForOffice(till, scan) || isForLabels(till, scan)) return deps.playSound("found");
      if (heardForStock(till, scan) || isForLooseReturn(till, scan)) return;
      answerScan(scan);
      deps.latency?.scanAnswered(state.scanCount, scan.atMs);
      deps.deviceSetup?.scanAnswered(scan.deviceId, deps.clock.now() - scan.atMs);
    } catch (cause) {
      broken("scan", cause);
      deps.playSound("unknown");
    }
  }

  function broken(what: string, cause: unknown): ReturnType<typeof refuse> {
    deps.logFault(what, cause);
    return refuse(tellOfDisk(till, cause) ?? "internal");
  }

  async function performNamed(intent: IntentName, args: IntentArgs<IntentName>): Promise<Outcome<unknown>> {
    if (intent === "look") return ok(wholeView(till));
    if (intent === "scan") {
      // As above: main/ipc has parsed the arguments with this intent's own schema.
      const scan = scanOf(args as IntentArgs<"scan">, deps.clock.now());
      return takeBadge(till, scan.text) ?? answerScan(scan);
    }
    const rule = intentTable[intent];
    if (rule.needs === "signed-in" && state.cashier === null) return refuse("not-signed-in");
    if (rule.needs === "signed-in" && state.isLocked) return refuse("screen-locked");
    if (legacyOnScreen(till) !== null && !mayGoOnInLegacyPayment(intent, rule.needs)) return refuse("legacy-payment");
    // As above: the table's own types pair this rule with these arguments.
    return (rule.run as (till: TillContext, args: unknown) => Promise<Outcome<unknown>>)(till, args);
  }
}

/** What changes nothing of the till's own, and where old tills ask. */
function askedOf(till: TillContext): Pick<Till, "view" | "displayView" | "atWork" | "legacyDesk"> {
  const legacyDesk = createLegacyDesk(till);
  return { legacyDesk, view: () => wholeView(till), displayView: () => displayView(till), atWork: () => atWork(till) };
}

function tellWhatTheStartFound(till: TillContext): void {
  const { catalog, failedUpdate = null, isAfterDiskTrouble = false } = till.deps;
  if (isAfterDiskTrouble) notify(till, { kind: "disk-checked" });
  if (catalog.wasSetAside === true) notify(till, { kind: "catalogue-damaged" });
  // At every start until a newer version is in: somebody has to know why this till is behind the others.
  if (failedUpdate !== null) notify(till, { kind: "update-failed", version: failedUpdate });
}

/** Payments that waited through a sleep have their answer by now; head office and the shop's relay are looked for again. */
function askAfterSleep({ deps }: TillContext): void {
  for (const { outTradeNo } of deps.attempts?.unfinished() ?? []) deps.attempts?.askNow(outTradeNo);
  deps.sync?.now();
}

function noteDevices({ state, changed }: TillContext, statuses: readonly DeviceStatus[]): void {
  state.deviceStatuses = statuses;
  changed("status");
  if (state.weighing !== null) changed("weighing");
}
