import type { IntentAnswer, IntentArgs } from "#contract/ipc/intents.ts";
import type { AgreementDayView, SyncView } from "#contract/ipc/sync-view.ts";
import { may } from "#core/access/permissions.ts";
import type { Cashier } from "#core/access/role.ts";
import { ok } from "#core/result.ts";
import { approveByPin } from "#main/till/approval.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { managersOnly } from "#main/till/reading.ts";

/** Head office as the windows see it; a till without one is alone, which is no fault. */
export function syncView(till: TillContext): SyncView {
  const { sync, store } = till.deps;
  if (sync !== undefined && sync !== null) return sync.view();
  return {
    state: "alone",
    sinceMs: 0,
    waiting: store.journalStatus().waiting,
    withRelay: null,
    lastAgreedAtMs: null,
    disagreedDates: [],
    trouble: null,
    alarm: null,
    officeName: null,
    officeHost: null,
    keyGuard: null,
  };
}

export async function enrol(till: TillContext, { code }: IntentArgs<"enrol">): Promise<Outcome<IntentAnswer<"enrol">>> {
  const by = settingsManager(till);
  if (!by.ok) return by;
  const { sync } = till.deps;
  if (sync === undefined || sync === null) return refuse("no-head-office");
  const enrolled = await sync.enrol(code, by.value);
  // A machine in the place of another goes on with that one's numbers.
  if (enrolled.ok) await sync.pastHeard();
  till.changed("sync");
  return enrolled.ok ? enrolled : refuse(enrolled.fault);
}

export function syncNow(till: TillContext): Outcome {
  const { sync } = till.deps;
  if (sync === undefined || sync === null) return refuse("no-head-office");
  sync.now();
  return done;
}

export function readAgreementDays(till: TillContext): Outcome<readonly AgreementDayView[]> {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  return ok(till.deps.sync?.agreementDays() ?? []);
}

export function acknowledgeSyncAlarm(till: TillContext): Outcome {
  const by = settingsManager(till);
  if (!by.ok) return by;
  if (till.deps.sync?.acknowledgeAlarm(by.value) !== true) return refuse("no-sync-alarm");
  till.changed("sync");
  return done;
}

/** By a manager's PIN, also where one is signed in: a PIN given away is a door. */
export async function setPin(till: TillContext, args: IntentArgs<"set-pin">): Promise<Outcome> {
  const { deps, state } = till;
  if (state.cashier === null || may(state.cashier.role, { kind: "manage-cashiers" }) !== "yes")
    return refuse("not-allowed");
  const person = (): Cashier | undefined =>
    deps.store.listPinRecords().find(({ cashier }) => cashier.id === args.cashierId)?.cashier;
  if (person() === undefined) return refuse("no-such-person");
  const manager = await approveByPin(till, args.approvalPin);
  if (!manager.ok) return manager;
  for (const other of deps.store.listPinRecords()) {
    if (other.cashier.id !== args.cashierId && (await deps.pins.verify(other.pinHash, args.pin)))
      return refuse("pin-taken");
  }
  const pinHash = await deps.pins.hash(args.pin);
  // Head office may have taken them away meanwhile.
  const found = person();
  if (found === undefined) return refuse("no-such-person");
  const body = { cashierId: found.id, by: manager.value.id };
  deps.store.setPin(found.id, pinHash, { kind: "pin-set", body });
  till.changed("people", "status");
  return done;
}

function settingsManager(till: TillContext): Outcome<Cashier> {
  const { cashier } = till.state;
  if (cashier === null) return refuse("not-signed-in");
  return may(cashier.role, { kind: "change-settings" }) === "yes" ? ok(cashier) : refuse("not-allowed");
}
