import type { IntentArgs } from "#contract/ipc/intents.ts";
import { permissionFor } from "#main/till/permission.ts";
import { approveByPin } from "#main/till/approval.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { hasUnfinishedAttempt } from "#main/till/payment-state.ts";

/** Going over to training and coming back: a manager's, by their PIN, and a new start of the till. */
export const trainingIntents = {
  "enter-training": { needs: "signed-in", run: enterTraining },
  "leave-training": { needs: "signed-in", run: leaveTraining },
} as const;

async function enterTraining(till: TillContext, args: IntentArgs<"enter-training">): Promise<Outcome> {
  const { deps } = till;
  const door = doorOf(till, false);
  if (!door.ok) return door;
  if (isMoneyUnderWay(till)) return refuse("payment-under-way");
  const manager = await approveByPin(till, args.approvalPin);
  if (!manager.ok) return manager;
  const made = await door.value.enter(manager.value);
  if (!made.ok) return refuse(made.fault);
  // Copying takes a moment, and nobody would ask about a payment that began in it.
  if (isMoneyUnderWay(till)) {
    door.value.leave(manager.value);
    return refuse("payment-under-way");
  }
  deps.store.appendJournal({ kind: "training-entered", body: { by: manager.value.id } });
  door.value.restart();
  return done;
}

async function leaveTraining(till: TillContext, args: IntentArgs<"leave-training">): Promise<Outcome> {
  const door = doorOf(till, true);
  if (!door.ok) return door;
  const manager = await approveByPin(till, args.approvalPin);
  if (!manager.ok) return manager;
  const left = door.value.leave(manager.value);
  if (!left.ok) return refuse(left.fault);
  door.value.restart();
  return done;
}

/** Of any sale: its end must be asked about by the till itself. */
function isMoneyUnderWay(till: TillContext): boolean {
  return hasUnfinishedAttempt(till) || till.deps.store.unfinishedAttempts().length > 0;
}

function doorOf(till: TillContext, isTraining: boolean): Outcome<NonNullable<TillContext["deps"]["training"]>> {
  if (till.state.cashier === null) return refuse("not-signed-in");
  if (permissionFor(till, { kind: "change-settings" }) !== "yes") return refuse("not-allowed");
  const door = till.deps.training ?? null;
  if (door === null || door.isTraining !== isTraining) return refuse("not-in-training");
  return { ok: true, value: door };
}
