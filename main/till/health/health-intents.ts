import type { HealthResultView } from "#contract/ipc/health-intents.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { SupportBundleResult } from "#contract/worker/health-messages.ts";
import type { DayReading } from "#core/latency/day-timings.ts";
import { ok } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { permissionFor } from "#main/till/permission.ts";
import type { MachineHealth } from "#main/till/ports/machine-health.ts";
import { foundSoFar, runCheck } from "./run-check.ts";
import { supportFiles } from "./support-files.ts";

/** The till's look at itself. A manager's; what the window says of its painting is nobody's in particular. */
export const healthIntents = {
  "health-page": { needs: "signed-in", run: readPage },
  "run-health-check": { needs: "signed-in", run: runOne },
  "day-timings": { needs: "signed-in", run: readTimings },
  "look-into-support-package": { needs: "signed-in", run: lookIntoPackage },
  "save-support-package": { needs: "signed-in", run: savePackage },
  "scans-painted": { needs: "nobody", run: notePainted },
} as const;

function readPage(till: TillContext): Outcome<readonly HealthResultView[]> {
  const machine = machineOf(till);
  return machine.ok ? ok(foundSoFar(till)) : machine;
}

async function runOne(
  till: TillContext,
  { check }: IntentArgs<"run-health-check">,
): Promise<Outcome<HealthResultView>> {
  const machine = machineOf(till);
  return machine.ok ? ok(await runCheck(till, machine.value, check)) : machine;
}

function readTimings(till: TillContext): Outcome<DayReading> {
  const machine = machineOf(till);
  if (!machine.ok) return machine;
  return ok(till.deps.latency?.read() ?? { sinceMs: till.deps.clock.now(), kinds: [] });
}

async function lookIntoPackage(till: TillContext): Promise<Outcome<SupportBundleResult>> {
  const machine = machineOf(till);
  if (!machine.ok) return machine;
  const looked = await machine.value.bundle(supportFiles(till, machine.value), null);
  return looked.ok ? ok(looked.value) : refuse("support-package-failed");
}

async function savePackage(till: TillContext): Promise<Outcome<{ readonly bytes: number } | null>> {
  const machine = machineOf(till);
  if (!machine.ok) return machine;
  const { deps, state } = till;
  const by = state.cashier?.id ?? null;
  const day = localIso(deps.clock.now(), deps.config.store.utcOffsetMinutes).slice(0, 10);
  const target = await deps.askWhereToSave(`support-${deps.config.terminalId}-${day}.zip`);
  if (target === null) return ok(null);
  const saved = await machine.value.bundle(supportFiles(till, machine.value), target);
  if (!saved.ok) return refuse(saved.fault === "failed" ? "support-package-failed" : "cannot-save-file");
  const { bytes, entries } = saved.value;
  deps.store.appendJournal({ kind: "support-package-saved", body: { bytes, files: entries.length, by } });
  till.changed("status");
  return ok({ bytes });
}

function notePainted({ deps }: TillContext, { from, through }: IntentArgs<"scans-painted">): Outcome {
  deps.latency?.scanPainted(from, through);
  return done;
}

function machineOf(till: TillContext): Outcome<MachineHealth> {
  if (till.state.cashier === null) return refuse("not-signed-in");
  if (permissionFor(till, { kind: "change-settings" }) !== "yes") return refuse("not-allowed");
  const machine = till.deps.machine ?? null;
  return machine === null ? refuse("support-package-failed") : ok(machine);
}
