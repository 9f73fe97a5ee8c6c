import type {
  FindingActView,
  FindingView,
  InquiryAnswer,
  ReconciliationDayRow,
  ReconciliationDayState,
  ReconciliationDayView,
  ReconciliationStatusView,
} from "#contract/ipc/reconciliation-view.ts";
import { beijingDay } from "#core/reconciliation/beijing-day.ts";
import { billReadyMs, dayAfter, oldestBillDay } from "#core/reconciliation/bill-day.ts";
import type { TillContext } from "#main/till/context.ts";
import type { FindingAct, ReconciledDay, StoredFinding } from "#main/till/ports/reconciliation-store.ts";

/** A year of days in the list; older ones are in the journal. */
const mostDays = 366;

export function reconciliationStatusView(till: TillContext): ReconciliationStatusView | null {
  const { reconciler, store } = till.deps;
  if (reconciler === null) return null;
  const open = store.openDays();
  const running = reconciler.running;
  return {
    openCount: open.reduce((sum, { openCount }) => sum + openCount, 0),
    openDay: open[0]?.day ?? null,
    alarmDay: open.find(({ isAlarm }) => isAlarm)?.day ?? null,
    running: running === null ? null : { day: running.day, step: running.step, share: running.share },
    changes: till.state.reconciliationChanges,
  };
}

/** Every day since this till first took money through the gateway, yesterday's first. */
export function dayRows(till: TillContext): readonly ReconciliationDayRow[] {
  const { store, clock } = till.deps;
  const nowMs = clock.now();
  const known = new Map(store.reconciledDays().map((day) => [day.day, day]));
  const firstMs = store.firstPaymentAtMs();
  const oldestKnown = [...known.keys()].at(-1) ?? null;
  const firstDay = firstMs === null ? oldestKnown : beijingDay(firstMs);
  if (firstDay === null) return [];
  const from = oldestKnown !== null && oldestKnown < firstDay ? oldestKnown : firstDay;
  const rows: ReconciliationDayRow[] = [];
  for (let day = dayAfter(beijingDay(nowMs), -1); day >= from && rows.length < mostDays; day = dayAfter(day, -1)) {
    const one = known.get(day) ?? null;
    rows.push({ day, state: stateOf(day, one, nowMs), openCount: one?.openCount ?? 0 });
  }
  return rows;
}

function stateOf(day: string, known: ReconciledDay | null, nowMs: number): ReconciliationDayState {
  if (known?.compared) {
    if (!known.compared.isEmptyDayRight && known.openCount > 0) return "alarm";
    if (known.openCount > 0) return "open";
    return known.waitingCount > 0 ? "waiting" : "agrees";
  }
  if (day < oldestBillDay(nowMs)) return "too-old";
  if (known?.trouble) return "trouble";
  return billReadyMs(day) <= nowMs ? "due" : "early";
}

export function dayView(till: TillContext, day: string): ReconciliationDayView {
  const { store, clock } = till.deps;
  const known = store.reconciledDay(day);
  const { trouble = null, compared = null } = known ?? {};
  return {
    day,
    state: stateOf(day, known, clock.now()),
    openCount: known?.openCount ?? 0,
    waitingCount: known?.waitingCount ?? 0,
    trouble:
      trouble === null
        ? null
        : {
            kind: trouble.trouble,
            detail: trouble.detail,
            triedAtMs: trouble.triedAtMs,
            nextTryAtMs: trouble.nextTryAtMs,
          },
    compared:
      compared === null
        ? null
        : {
            fetchedAtMs: compared.fetchedAtMs,
            comparedAtMs: compared.comparedAtMs,
            sha1: compared.trade?.sha1 ?? null,
            rowCount: compared.rowCount,
            othersCount: compared.othersCount,
            billPaidFen: compared.billPaidFen,
            billRefundedFen: compared.billRefundedFen,
            herePaidFen: compared.herePaidFen,
            hereRefundedFen: compared.hereRefundedFen,
            account: compared.account,
            groups: store.findingCounts(day),
          },
  };
}

export function findingView(till: TillContext, found: StoredFinding): FindingView {
  const { day, key, kind, action, outTradeNo, outRefundNo, hereFen, thereFen, time, line, state, position } = found;
  const sale = found.saleId === null ? null : till.deps.store.saleNumberOf(found.saleId);
  return {
    ...{ day, key, kind, action, outTradeNo, outRefundNo, hereFen, thereFen, time, line, state, position },
    sale: sale === null || found.saleId === null ? null : { saleId: found.saleId, saleNumber: sale },
    act: found.act === null ? null : actView(found.act),
  };
}

function actView({ how, detail, byName, atMs }: FindingAct): FindingActView {
  if (how === "settled") return { how, reason: detail, byName, atMs };
  if (how === "hurried") return { how, byName, atMs };
  return { how, answer: detail as InquiryAnswer, byName, atMs }; // written by `askAboutFinding` alone
}
