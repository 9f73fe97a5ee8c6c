import { join } from "node:path";
import { app, type SafeStorage } from "electron";
import { demoTill, demoUtcOffsetMinutes } from "#main/bench-link/demo-config.ts";
import { createWorker } from "#main/jobs/create-worker.ts";
import { spawnUtilityWorker } from "#main/jobs/utility-worker.ts";
import type { Log } from "#main/log/open-log.ts";
import { openPepper } from "#main/secret/open-pepper.ts";
import { pinMarkOf } from "#main/secret/pin-mark.ts";
import { createPinVault } from "#main/secret/pin-vault.ts";
import { readTerminalConfig } from "#main/settings/read-terminal-config.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { showStartFault, type StartDoor } from "#main/window/start-fault.ts";
import { restoreDoor } from "./restore-at-start.ts";
import { otherFaultWords } from "./start-fault-words.ts";
import { StartRefused } from "./start-refused.ts";

/** Says why the till does not open and, where its books are the reason, offers a backup in their place. */
export async function refuseStart(
  cause: unknown,
  parts: {
    readonly homeDir: string;
    readonly out: string;
    readonly keyStore: SafeStorage;
    readonly clock: Clock;
    readonly log: Log;
    readonly isTraining: boolean;
    readonly restart: () => void;
  },
): Promise<void> {
  const words = cause instanceof StartRefused ? cause.words : otherFaultWords(cause);
  const isForRestore = words.isForRestore === true && !parts.isTraining;
  showStartFault(words, isForRestore ? await doorOf(parts).catch(() => null) : null);
}

async function doorOf(parts: Parameters<typeof refuseStart>[1]): Promise<StartDoor | null> {
  const { homeDir: dataDir, out, clock, keyStore, restart } = parts;
  const log = parts.log.child("restore");
  const read = readTerminalConfig(dataDir);
  if (!read.ok) return null;
  const pepper = await openPepper(dataDir, keyStore, log);
  const worker = createWorker({
    spawn: () => spawnUtilityWorker(join(out, "main", "worker.js")),
    clock,
    log: (what, facts) => log.warn(what, facts),
  });
  app.on("will-quit", () => worker.stop());
  return restoreDoor({
    ...{ dataDir, worker, log, restart, now: () => clock.now(), isDemo: read.value === null },
    terminalId: read.value?.terminalId ?? demoTill.terminalId,
    utcOffsetMinutes: read.value?.store.utcOffsetMinutes ?? demoUtcOffsetMinutes,
    ...{ pinMark: pinMarkOf(pepper), pins: createPinVault(pepper) },
  });
}
