import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { FindingView, ReconciliationDayRow, ReconciliationDayView } from "#contract/ipc/reconciliation-view.ts";
import { oldestBillDay } from "#core/reconciliation/bill-day.ts";
import { beijingDay } from "#core/reconciliation/beijing-day.ts";
import { ok } from "#core/result.ts";
import { approveByPin } from "#main/till/approval.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { managersOnly } from "#main/till/reading.ts";
import { dayRows, dayView, findingView } from "#main/till/view/reconciliation-view.ts";

/** Windows follow; what they have read of days and findings is old when more than the progress has changed. */
export function reconciliationChanged(till: TillContext, what: "days" | "progress"): void {
  if (what === "days") till.state.reconciliationChanges += 1;
  till.changed("reconciliation", ...(what === "days" ? (["status"] as const) : []));
}

export function readReconciliationDays(till: TillContext): Outcome<readonly ReconciliationDayRow[]> {
  const refusal = managersOnly(till);
  return refusal.ok ? ok(dayRows(till)) : refusal;
}

export function readReconciliationDay(
  till: TillContext,
  { day }: IntentArgs<"reconciliation-day">,
): Outcome<ReconciliationDayView> {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  return dayRows(till).some((row) => row.day === day) ? ok(dayView(till, day)) : refuse("no-such-day");
}

export function readFindings(till: TillContext, args: IntentArgs<"findings">): Outcome<readonly FindingView[]> {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  const { day, group, limit, after } = args;
  return ok(till.deps.store.findings(day, group, limit, after).map((found) => findingView(till, found)));
}

/** Begins at once, and goes on whatever the manager does meanwhile. */
export function runReconciliation(till: TillContext, { day }: IntentArgs<"run-reconciliation">): Outcome {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  const { reconciler, clock } = till.deps;
  if (reconciler === null) return refuse("wechat-not-set-up");
  const nowMs = clock.now();
  if (day < oldestBillDay(nowMs)) return refuse("bill-too-old");
  // A person may ask from midnight on: the gateway says itself whether it has written it yet.
  if (day >= beijingDay(nowMs)) return refuse("bill-not-ready");
  reconciler.ask(day);
  return done;
}

export function cancelReconciliation(till: TillContext): Outcome {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  till.deps.reconciler?.cancel();
  return done;
}

/** By a manager's PIN, also where a manager is signed in: what is signed off here is never looked at again. */
export async function settleFinding(
  till: TillContext,
  { day, key, reason, approvalPin }: IntentArgs<"settle-finding">,
): Promise<Outcome<FindingView>> {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  const early = till.deps.store.finding(day, key);
  if (early === null) return refuse("no-such-finding");
  const manager = await approveByPin(till, approvalPin);
  if (!manager.ok) return manager;
  const { store, clock } = till.deps;
  const found = store.finding(day, key);
  if (found === null) return refuse("no-such-finding");
  if (found.state !== "open" && found.state !== "waiting") return refuse("finding-is-over");
  const { id: byId, name: byName } = manager.value;
  store.actOnFinding(day, key, { how: "settled", detail: reason, byId, byName, atMs: clock.now() });
  reconciliationChanged(till, "days");
  return ok(findingView(till, store.finding(day, key) ?? found));
}

export async function exportReconciliation(
  till: TillContext,
  { day }: IntentArgs<"export-reconciliation">,
): Promise<Outcome<{ readonly rowCount: number } | null>> {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  const { reconciler, askWhereToSave, store } = till.deps;
  if (reconciler === null) return refuse("wechat-not-set-up");
  if (store.reconciledDay(day)?.compared === undefined) return refuse("no-such-day");
  const target = await askWhereToSave(`WeChat-${day}.csv`);
  if (target === null) return ok(null);
  const exported = await reconciler.exportDay(day, target, till.state.locale);
  return exported.ok ? ok(exported.value) : refuse("cannot-save-file");
}
