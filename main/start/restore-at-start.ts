import { randomInt } from "node:crypto";
import type { BrowserWindow } from "electron";
import type { DryRun, RestoreRefusal } from "#contract/backup/dry-run.ts";
import type { Worker } from "#main/jobs/create-worker.ts";
import { dropRestore, orderRestore } from "#main/backup/put-back.ts";
import type { Log } from "#main/log/open-log.ts";
import type { PinVault } from "#main/till/ports/pin-vault.ts";
import { askForBackupFile } from "#main/window/ask-for-backup.ts";
import type { StartDoor } from "#main/window/start-fault.ts";
import {
  backLink,
  type DoorPage,
  examiningPage,
  figuresPage,
  pinPage,
  preparingPage,
  refusedPage,
} from "./restore-pages.ts";

export interface RestoreAtStart {
  readonly dataDir: string;
  readonly terminalId: string;
  readonly isDemo: boolean;
  readonly pinMark: string;
  readonly pins: Pick<PinVault, "hash">;
  readonly worker: Pick<Worker, "run" | "stop">;
  readonly now: () => number;
  readonly utcOffsetMinutes: number;
  readonly log: Log;
  /** The ordered restore is done by the next start, before anything is opened. */
  readonly restart: () => void;
}

/**
 * The way back for a till that cannot open: choose a backup, see in figures what it brings, restore, start again. Nobody
 * can sign in here; whoever can start the till on this machine can reach its files as well. The pages have no scripts, and
 * their links are heard in main.
 */
export function restoreDoor(parts: RestoreAtStart): StartDoor {
  let examined: DryRun | null = null;
  return {
    offer: backLink("start.offer", "choose"),
    async follow(step, window, show): Promise<void> {
      try {
        if (step === "choose") examined = await choose(parts, window, show);
        if (step === "restore" && examined !== null) await restore(parts, examined, show);
        if (step === "start") parts.restart();
      } catch (cause) {
        parts.log.error("restore at the start", { cause });
        dropRestore(parts.dataDir);
        show(refusedPage(null));
      }
    },
  };
}

async function choose(
  { dataDir, terminalId, isDemo, pinMark, worker, now, utcOffsetMinutes }: RestoreAtStart,
  window: BrowserWindow,
  show: (page: DoorPage) => void,
): Promise<DryRun | null> {
  const file = await askForBackupFile(window, "zh-CN");
  if (file === null) return null;
  show(examiningPage());
  const job = { kind: "backup-stage", file, dataDir, terminalId, isDemo, pinMark, nowMs: now() } as const;
  const staged = await worker.run(job);
  const end: { kind: "fits"; dryRun: DryRun } | { kind: "refused"; why: RestoreRefusal } =
    staged.ok && staged.value.of === "backup-stage"
      ? staged.value.end
      : { kind: "refused", why: { kind: "unreadable", code: "failed" } };
  if (end.kind === "refused") {
    show(refusedPage(end.why));
    return null;
  }
  show(figuresPage(end.dryRun, utcOffsetMinutes));
  return end.dryRun;
}

async function restore(parts: RestoreAtStart, dryRun: DryRun, show: (page: DoorPage) => void): Promise<void> {
  const { dataDir, worker, now, pins } = parts;
  show(preparingPage());
  const pin = dryRun.pins === "new" ? String(randomInt(100_000, 1_000_000)) : null;
  const sealed = await worker.run({
    ...({ kind: "backup-seal", dataDir, nowMs: now(), by: null } as const),
    ...{ withGoods: dryRun.goods === "must-bring", isNewMachine: dryRun.isNewMachine },
    pinHash: pin === null ? null : await pins.hash(pin),
  });
  if (!sealed.ok || sealed.value.of !== "backup-seal") throw new Error("the books could not be made ready");
  orderRestore(dataDir, sealed.value.names, now());
  if (pin === null) parts.restart();
  else show(pinPage(dryRun.firstManager ?? "", pin));
}
