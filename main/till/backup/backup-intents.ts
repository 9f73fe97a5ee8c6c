import type { BackupsView, Examined } from "#contract/ipc/backup-intents.ts";
import type { FoundBackup } from "#contract/worker/backup-messages.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { ok } from "#core/result.ts";
import { approveByPin } from "#main/till/approval.ts";
import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { isBegun } from "#main/till/drafts.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { hasUnfinishedAttempt } from "#main/till/payment-state.ts";
import { signOut } from "#main/till/people.ts";
import { permissionFor } from "#main/till/permission.ts";
import type { Backups } from "#main/till/ports/backups.ts";

/** Backups and the way back. All are for whoever may change the till's settings; a restore takes a manager's PIN as well. */
export const backupIntents = {
  backups: { needs: "signed-in", run: readBackups },
  "list-backups": { needs: "signed-in", run: listBackups },
  "choose-backup-folder": { needs: "signed-in", run: chooseFolder },
  "set-backup-time": { needs: "signed-in", run: setTime },
  "back-up-now": { needs: "signed-in", run: backUpNow },
  "examine-backup": { needs: "signed-in", run: examine },
  "leave-restore": { needs: "signed-in", run: leave },
  "restore-backup": { needs: "signed-in", run: restore },
} as const;

function readBackups(till: TillContext): Outcome<BackupsView> {
  const backups = backupsOf(till);
  return backups.ok ? ok(backups.value.view()) : backups;
}

async function listBackups(till: TillContext): Promise<Outcome<readonly FoundBackup[]>> {
  const backups = backupsOf(till);
  if (!backups.ok) return backups;
  const listed = await backups.value.list();
  return listed.ok ? listed : refuse(`backup-${listed.fault}`);
}

async function chooseFolder(till: TillContext): Promise<Outcome<BackupsView>> {
  const backups = backupsOf(till);
  if (!backups.ok) return backups;
  const chosen = await backups.value.chooseFolder(till.state.locale);
  return chosen.ok ? ok(backups.value.view()) : refuse(`backup-${chosen.fault}`);
}

function setTime(till: TillContext, { dailyAtMinutes }: IntentArgs<"set-backup-time">): Outcome<BackupsView> {
  const backups = backupsOf(till);
  if (!backups.ok) return backups;
  const kept = backups.value.setDailyTime(dailyAtMinutes);
  return kept.ok ? ok(backups.value.view()) : refuse("backup-unkept");
}

function backUpNow(till: TillContext): Outcome<BackupsView> {
  const backups = backupsOf(till);
  if (!backups.ok) return backups;
  backups.value.backUpNow(till.state.cashier?.id ?? "");
  return ok(backups.value.view());
}

async function examine(till: TillContext, { name }: IntentArgs<"examine-backup">): Promise<Outcome<Examined>> {
  const backups = backupsOf(till);
  if (!backups.ok) return backups;
  const examined = await backups.value.examine(name, till.state.locale);
  if (examined === null) return ok(null);
  return ok(examined.ok ? { kind: "fits", dryRun: examined.value } : { kind: "refused", why: examined.fault });
}

function leave(till: TillContext): Outcome {
  const backups = backupsOf(till);
  if (!backups.ok) return backups;
  backups.value.leave();
  return done;
}

/** The last word is one durable file: before it everything is as it was, after it the till only starts again. */
async function restore(till: TillContext, args: IntentArgs<"restore-backup">): Promise<Outcome> {
  const backups = backupsOf(till);
  if (!backups.ok) return backups;
  const examined = backups.value.examined();
  if (examined === null) return refuse("restore-not-examined");
  if (isSaleOpen(till)) return refuse("restore-sale-open");
  const manager = await approveByPin(till, args.approvalPin);
  if (!manager.ok) return manager;
  // Where PINs do not come along, the one that was just typed becomes the first manager's.
  const pinHash = examined.pins === "new" ? await till.deps.pins.hash(args.approvalPin) : null;
  const by = manager.value.id;
  const prepared = await backups.value.prepare({ by, withGoods: args.withGoods, pinHash });
  if (!prepared.ok) return refuse(prepared.fault);
  // It took a while, and a basket may have been begun in it.
  if (isSaleOpen(till)) {
    backups.value.leave();
    return refuse("restore-sale-open");
  }
  const ordered = backups.value.order();
  if (!ordered.ok) return refuse(ordered.fault);
  // Nobody sells any more into books that are about to be set aside.
  withoutFail(till, "sign out before the restore", () => signOut(till));
  backups.value.restart();
  return done;
}

function isSaleOpen(till: TillContext): boolean {
  return isBegun(till.state.draft) || hasUnfinishedAttempt(till) || till.deps.store.unfinishedAttempts().length > 0;
}

function backupsOf(till: TillContext): Outcome<Backups> {
  if (till.state.cashier === null) return refuse("not-signed-in");
  if (permissionFor(till, { kind: "change-settings" }) !== "yes") return refuse("not-allowed");
  const backups = till.deps.backups ?? null;
  return backups === null ? refuse("not-in-training") : ok(backups);
}
