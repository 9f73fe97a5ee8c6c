import { join } from "node:path";
import type { LegacyFilesConfig } from "#contract/config/legacy-files.ts";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { businessDate } from "#core/sale/business-date.ts";
import { fail, ok } from "#core/result.ts";
import { createOutgoing, type Outgoing, type OutgoingParts } from "#main/legacy/outgoing.ts";
import { openMarks } from "#main/legacy/outgoing-marks.ts";
import type { DeviceClient } from "#main/devices/create-device-client.ts";
import { createDropFolder, type DropFolder } from "#main/legacy/drop-folder.ts";
import type { FilesFollower, LiveFiles } from "#main/legacy/live-files.ts";
import type { Log } from "#main/log/open-log.ts";
import type { LegacyDesk } from "#main/till/ports/legacy-desk.ts";
import type { OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import { openWorker, type WorkerPlace } from "./open-worker.ts";

export interface LegacyPlaces extends WorkerPlace {
  readonly dataDir: string;
  readonly config: TerminalConfig;
  readonly store: OpenSalesStore;
  readonly devices: Pick<DeviceClient, "serveOldTill">;
  readonly desk: LegacyDesk;
  readonly files: LiveFiles;
}

/** What old tills and other systems of the shop come by, but HTTPS: the serial line, the drop folder, files on a schedule. */
export function openLegacyPlaces(parts: LegacyPlaces): void {
  const { devices, desk, files } = parts;
  devices.serveOldTill((text, name) => desk.answer(text, { door: "serial", name }));
  files.follow(dropFolders(parts));
  files.follow(filesOut(parts));
}

/** The folder that an old till's requests come by, whichever it is now. */
function dropFolders({ desk, clock, endings, ...parts }: LegacyPlaces): FilesFollower {
  const log = parts.log.child("drop-folder");
  let door: DropFolder | null = null;
  let current: string | undefined;
  endings.push(() => door?.stop());
  return {
    async goOver({ dropFolder: folder }) {
      if (folder === current) return;
      await door?.stop();
      current = folder;
      door = null;
      if (folder === undefined) return;
      door = createDropFolder({ folder, desk, clock, log: (what, facts) => log.warn(what, facts) });
      door.start();
    },
    state: () => ({}),
  };
}

/** Sales and days for other systems, where they are asked for; in a worker of their own. */
function filesOut(parts: LegacyPlaces): FilesFollower {
  const log = parts.log.child("legacy-files");
  let outgoing: Outgoing | null = null;
  let areMarksUnread = false;
  let begin: ((config: LegacyFilesConfig) => Outgoing) | null = null;
  parts.endings.push(() => outgoing?.stop());
  return {
    async goOver(files) {
      await outgoing?.stop();
      outgoing = null;
      areMarksUnread = false;
      if (files.sales?.isOn !== true && files.days?.isOn !== true) return;
      try {
        begin ??= outgoingBy(parts, log);
      } catch (cause) {
        areMarksUnread = true;
        // Nothing is sold less for it, and to begin anew could write everything a second time.
        return log.error("nothing is written for other systems: legacy-exports.json cannot be read", { cause });
      }
      outgoing = begin(files);
      outgoing.start();
    },
    state() {
      const unread = areMarksUnread ? ({ last: null, fault: "marks" } as const) : null;
      return { sales: outgoing?.state("sales") ?? unread, days: outgoing?.state("days") ?? unread };
    },
    latest: () => parts.store.latestOutgoing(openDayOf(parts)),
    async write(of, day) {
      if (outgoing === null) return areMarksUnread ? { kind: "not-written", why: "marks" } : { kind: "nothing" };
      return day === null ? outgoing.writeNow(of) : outgoing.writeAgain(of, day);
    },
  };
}

/** Throws where what was written before cannot be read. */
function outgoingBy(parts: LegacyPlaces, log: Log): (files: LegacyFilesConfig) => Outgoing {
  const { dataDir, config, store, clock } = parts;
  const marks = openMarks(join(dataDir, "legacy-exports.json"));
  const worker = openWorker({ ...parts, log });
  const last: OutgoingParts["last"] = new Map();
  const { terminalId } = config;
  const { utcOffsetMinutes } = config.store;
  return (files) =>
    createOutgoing({
      ...{ config: files, terminalId, utcOffsetMinutes, salesDb: join(dataDir, "sales.db"), marks, last, clock },
      async write(job) {
        const ended = await worker.run(job);
        if (!ended.ok) return fail(ended.fault);
        return ended.value.of === "write-outgoing" ? ok(ended.value) : fail({ kind: "failed", error: ended.value.of });
      },
      // The open one, or with none the newest.
      closedShift: () => store.shifts(2, null).find(({ shift }) => shift.closedAt !== null)?.shift.shiftId ?? null,
      openDay: () => openDayOf(parts),
      log: (what, facts) => log.warn(what, facts),
    });
}

/** The first business day that is not over. */
function openDayOf({ clock, store, config }: Pick<LegacyPlaces, "clock" | "store" | "config">): string {
  const { utcOffsetMinutes, dayCutOffMinutes } = config.store;
  const today = businessDate(clock.now(), utcOffsetMinutes, dayCutOffMinutes);
  const ofShift = store.currentShift()?.businessDate ?? today;
  return ofShift < today ? ofShift : today;
}
