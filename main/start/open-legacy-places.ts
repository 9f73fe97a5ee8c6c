import { join } from "node:path";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { businessDate } from "#core/sale/business-date.ts";
import { fail, ok } from "#core/result.ts";
import { createOutgoing } from "#main/legacy/outgoing.ts";
import { type MarksFile, openMarks } from "#main/legacy/outgoing-marks.ts";
import type { DeviceClient } from "#main/devices/create-device-client.ts";
import { createDropFolder } from "#main/legacy/drop-folder.ts";
import type { LegacyDesk } from "#main/till/ports/legacy-desk.ts";
import type { OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import { openWorker, type WorkerPlace } from "./open-worker.ts";

export interface LegacyPlaces extends WorkerPlace {
  readonly dataDir: string;
  readonly config: TerminalConfig;
  readonly store: OpenSalesStore;
  readonly devices: Pick<DeviceClient, "serveOldTill">;
  readonly desk: LegacyDesk;
}

/** What old tills and other systems of the shop come by, but HTTPS: the serial line, the drop folder, files on a schedule. */
export function openLegacyPlaces(parts: LegacyPlaces): void {
  const { config, devices, desk, clock, endings } = parts;
  devices.serveOldTill((text, name) => desk.answer(text, { door: "serial", name }));
  const folder = config.legacyFiles?.dropFolder;
  if (folder !== undefined) {
    const log = parts.log.child("drop-folder");
    const door = createDropFolder({ folder, desk, clock, log: (what, facts) => log.warn(what, facts) });
    endings.push(() => door.stop());
    door.start();
  }
  openOutgoing(parts);
}

/** Sales and days for other systems, where terminal.json asks for them; in a worker of their own. */
function openOutgoing(parts: LegacyPlaces): void {
  const { dataDir, config, store, clock, endings } = parts;
  const { legacyFiles, terminalId } = config;
  if (legacyFiles?.sales === undefined && legacyFiles?.days === undefined) return;
  const log = parts.log.child("legacy-files");
  let marks: MarksFile;
  try {
    marks = openMarks(join(dataDir, "legacy-exports.json"));
  } catch (cause) {
    // Nothing is sold less for it, and to begin anew could write everything a second time.
    return log.error("nothing is written for other systems: legacy-exports.json cannot be read", { cause });
  }
  const worker = openWorker({ ...parts, log });
  const { utcOffsetMinutes, dayCutOffMinutes } = config.store;
  const outgoing = createOutgoing({
    ...{ config: legacyFiles, terminalId, utcOffsetMinutes, salesDb: join(dataDir, "sales.db"), marks, clock },
    async write(job) {
      const ended = await worker.run(job);
      if (!ended.ok) return fail(ended.fault);
      return ended.value.of === "write-outgoing" ? ok(ended.value) : fail({ kind: "failed", error: ended.value.of });
    },
    // The open one, or with none the newest.
    closedShift: () => store.shifts(2, null).find(({ shift }) => shift.closedAt !== null)?.shift.shiftId ?? null,
    openDay() {
      const today = businessDate(clock.now(), utcOffsetMinutes, dayCutOffMinutes);
      const ofShift = store.currentShift()?.businessDate ?? today;
      return ofShift < today ? ofShift : today;
    },
    log: (what, facts) => log.warn(what, facts),
  });
  endings.push(() => outgoing.stop());
  outgoing.start();
}
