import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChildProcess } from "node:child_process";
import { devicesSchema } from "#contract/config/devices.ts";
import { createDeviceClient } from "#main/devices/create-device-client.ts";
import { createDropFolder } from "#main/legacy/drop-folder.ts";
import type { LegacyDesk } from "#main/till/ports/legacy-desk.ts";
import { forkHost, realClock } from "#tests/support/device-host.ts";
import { until } from "#tests/support/poll.ts";
import { openPty } from "#tests/support/pty.ts";
import type { Json } from "./messages.ts";
import { SerialPos } from "./serial-pos.ts";

/** A way to a till's desk, and the old till's end of it. */
export interface Door {
  send(text: string): Promise<Json>;
  close(): Promise<void>;
}

/** A real device host on a real pty. */
async function openSerial(desk: LegacyDesk): Promise<Door> {
  const line = await openPty("old-till");
  const hosts: ChildProcess[] = [];
  const config = devicesSchema.parse({ oldTill: { id: "old", transport: { kind: "serial", path: line.path } } });
  const client = createDeviceClient({ spawn: () => forkHost(hosts), config, log: () => {}, clock: realClock });
  client.serveOldTill((text) => desk.answer(text, { door: "serial", name: "old" }));
  await until("the line is open", () => client.statuses()[0]?.state === "ready");
  const pos = new SerialPos(line);
  return {
    send: (text) => pos.send(text),
    async close() {
      await client.close();
      await line.unplug();
    },
  };
}

export interface FolderDoor extends Door {
  readonly folder: string;
  /** The till is gone; what lies in the folder stays. */
  stop(): Promise<void>;
}

export async function openFolder(
  desk: LegacyDesk,
  folder = mkdtempSync(join(tmpdir(), "tillway-drop-")),
): Promise<FolderDoor> {
  const door = createDropFolder({ folder, desk, clock: realClock, log: () => {} });
  door.start();
  let files = 0;
  return {
    folder,
    async send(text) {
      files += 1;
      return dropAndWait(folder, `${process.pid}-${files}.json`, text);
    },
    stop: () => door.stop(),
    async close() {
      await door.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As the old till does it: written under another name, renamed, and the answer waited for. */
async function dropAndWait(folder: string, name: string, text: string): Promise<Json> {
  mkdirSync(join(folder, "requests"), { recursive: true });
  const request = join(folder, "requests", name);
  writeFileSync(`${request}.tmp`, text);
  renameSync(`${request}.tmp`, request);
  const answer = join(folder, "responses", name);
  await until(`${name} is answered`, () => existsSync(answer));
  const said = JSON.parse(readFileSync(answer, "utf8")) as Json; // whatever it is
  rmSync(answer);
  return said;
}

export const doors: Readonly<Record<string, (desk: LegacyDesk) => Promise<Door>>> = {
  "serial line": openSerial,
  "drop folder": (desk) => openFolder(desk),
};
