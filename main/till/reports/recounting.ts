import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import type { Recount, Reports } from "#main/till/ports/reports.ts";
import { managersOnly } from "#main/till/reading.ts";

/** After the start, when the queue in front of the till is served; then one day after the other, one every five minutes. */
const firstMs = 30_000;
const everyMs = 300_000;
/** A day is recounted once in so long: what was right yesterday may have been harmed since. */
const againAfterMs = 20 * 3_600_000;

/** Has day after day added up again from the journal, for as long as the till is open. */
export function startRecounts(till: TillContext): void {
  const { reports, clock } = till.deps;
  if (reports === undefined || reports === null) return;
  till.state.reports.alarms = till.deps.store.disagreedDays();
  till.changed("reports");
  const turn = async (): Promise<void> => {
    await recountNext(till, reports);
    clock.after(everyMs, () => void turn());
  };
  clock.after(firstMs, () => void turn());
}

/** One day, where one is due. Whatever goes wrong ends here: the next one has its own turn. */
export async function recountNext(till: TillContext, reports: Reports): Promise<void> {
  if (!reports.isOpen()) return;
  try {
    const { store, clock } = till.deps;
    const day = store.nextRecount(clock.now() - againAfterMs);
    if (day === null) return;
    const counted = await reports.recount(day, false);
    if (counted.ok && reports.isOpen()) noteRecount(till, day, counted.value);
  } catch (cause) {
    till.deps.logFault("recount a day", cause);
  }
}

function noteRecount(till: TillContext, day: string, recount: Recount): void {
  const { store, clock } = till.deps;
  store.noteRecount(day, clock.now(), recount);
  alarmsChanged(till);
}

/** By a manager: what is kept of the day becomes what its journal adds up to, and the journal says so. */
export async function repairTotals(till: TillContext, { day }: IntentArgs<"repair-totals">): Promise<Outcome> {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  const { reports } = till.deps;
  if (reports === undefined || reports === null) return refuse("report-failed");
  const counted = await reports.recount(day, true);
  if (!counted.ok) return refuse("report-failed");
  const { store, clock } = till.deps;
  const isDone = store.repairTotals(day, clock.now(), counted.value, till.state.cashier?.id ?? "");
  alarmsChanged(till);
  return isDone ? done : refuse("report-day-moved");
}

function alarmsChanged(till: TillContext): void {
  till.state.reports.alarms = till.deps.store.disagreedDays();
  till.changed("reports", "status");
}
