import type { HealthResultView } from "#contract/ipc/health-intents.ts";
import { type Finding, type HealthCheck, noAnswer } from "#core/health/checks.ts";
import { judgeJournalWhole } from "#core/health/judge-till.ts";
import type { TillContext } from "#main/till/context.ts";
import type { MachineHealth } from "#main/till/ports/machine-health.ts";
import { readings } from "./readings.ts";

/** Nothing a check looks at takes this long on a till that works. Milliseconds. */
const usualLimitMs = 5_000;
/** The gateway is waited for as a payment waits; the worker is started first, and a year of sales is looked through. */
const limitsMs: Partial<Readonly<Record<HealthCheck, number>>> = {
  gateway: 35_000,
  database: 120_000,
  "journal-end": 60_000,
  "journal-whole": 900_000,
};

/**
 * Runs one check to its end, or to the end of its time: one that hangs is told as such, and what it says later is nobody's.
 * A check that is running already is not begun again; the one answer is for both who asked.
 */
export function runCheck(till: TillContext, machine: MachineHealth, check: HealthCheck): Promise<HealthResultView> {
  const { running, results } = till.state.health;
  const underWay = running.get(check);
  if (underWay !== undefined) return underWay;
  const beganMs = till.deps.clock.now();
  const run = withinItsTime(till, machine, check).then((found) => {
    const atMs = till.deps.clock.now();
    const result = { ...found, atMs, tookMs: Math.max(atMs - beganMs, 0) };
    results.set(check, result);
    running.delete(check);
    return result;
  });
  running.set(check, run);
  return run;
}

/** Everything found so far; what takes minutes and was not asked for says that nobody asked. */
export function foundSoFar({ state, deps }: TillContext): readonly HealthResultView[] {
  const found = [...state.health.results.values()];
  if (state.health.results.has("journal-whole")) return found;
  return [...found, { ...judgeJournalWhole(null), atMs: deps.clock.now(), tookMs: 0 }];
}

function withinItsTime(till: TillContext, machine: MachineHealth, check: HealthCheck): Promise<Finding> {
  const limitMs = limitsMs[check] ?? usualLimitMs;
  return new Promise((resolve) => {
    const cancel = till.deps.clock.after(limitMs, () =>
      resolve(noAnswer(check, "hung", { seconds: Math.round(limitMs / 1_000) })),
    );
    const end = (found: Finding): void => {
      cancel();
      resolve(found);
    };
    // Begun in a turn of its own: what throws at once has failed like what throws later.
    void Promise.resolve()
      .then(() => readings[check](till, machine))
      .then(end, (cause: unknown) => {
        till.deps.logFault(`health check ${check}`, cause);
        end(noAnswer(check, "failed"));
      });
  });
}
