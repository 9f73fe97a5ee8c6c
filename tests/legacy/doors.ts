import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChildProcess } from "node:child_process";
import { request } from "node:https";
import { devicesSchema } from "#contract/config/devices.ts";
import { createDeviceClient } from "#main/devices/create-device-client.ts";
import { createDropFolder } from "#main/legacy/drop-folder.ts";
import { openHttpsDoor } from "#main/legacy/https/https-door.ts";
import { openPairings } from "#main/legacy/https/pairings.ts";
import { makeIdentity } from "#main/legacy/https/self-signed.ts";
import type { LegacyDesk } from "#main/till/ports/legacy-desk.ts";
import { forkHost, realClock } from "#tests/support/device-host.ts";
import { until } from "#tests/support/poll.ts";
import { openPty, type Pty } from "#tests/support/pty.ts";
import type { Json } from "./messages.ts";
import { SerialPos } from "./serial-pos.ts";

/** A way to a till's desk, and the old till's end of it. */
export interface Door {
  send(text: string): Promise<Json>;
  close(): Promise<void>;
}

/** A real device host on a real pty, whose other end is the old till's. */
export async function openLine(desk: LegacyDesk): Promise<{ readonly line: Pty; close(): Promise<void> }> {
  const line = await openPty("old-till");
  const hosts: ChildProcess[] = [];
  const config = devicesSchema.parse({ oldTill: { id: "old", transport: { kind: "serial", path: line.path } } });
  const client = createDeviceClient({ spawn: () => forkHost(hosts), config, log: () => {}, clock: realClock });
  client.serveOldTill((text) => desk.answer(text, { door: "serial", name: "old" }));
  await until("the line is open", () => client.statuses()[0]?.state === "ready");
  return {
    line,
    async close() {
      await client.close();
      await line.unplug();
    },
  };
}

async function openSerial(desk: LegacyDesk): Promise<Door> {
  const { line, close } = await openLine(desk);
  const pos = new SerialPos(line);
  return { send: (text) => pos.send(text), close };
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

/** TLS on this machine, and an old till that is paired with it. */
export async function openPaired(desk: LegacyDesk) {
  const folder = mkdtempSync(join(tmpdir(), "tillway-https-"));
  const identity = makeIdentity("127.0.0.1", Date.now());
  const pairings = openPairings(join(folder, "pairings.json"));
  const token = pairings.pair("old", Date.now()) ?? "";
  // Every look is ten seconds later: how often an old till may ask is shown where the door is.
  let nowMs = 0;
  const now = (): number => (nowMs += 10_000);
  const parts = { host: "127.0.0.1", port: 0, identity, pairings, now, log: () => {} };
  const door = await openHttpsDoor({ ...parts, desk });
  return {
    ...{ port: door.port, token, ...identity },
    async close() {
      await door.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** With the till's certificate as the only authority. */
async function openHttps(desk: LegacyDesk): Promise<Door> {
  const { port, token, certificatePem: ca, close } = await openPaired(desk);
  return {
    send(text) {
      const { promise, resolve, reject } = Promise.withResolvers<Json>();
      const way = { host: "127.0.0.1", port, path: "/nexo", method: "POST", ca, agent: false };
      const made = request({ ...way, headers: { authorization: `Bearer ${token}` } }, (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => (body += part));
        response.on("end", () => resolve(JSON.parse(body) as Json)); // whatever it is
      });
      made.on("error", reject);
      made.end(text);
      return promise;
    },
    close,
  };
}

export const doors: Readonly<Record<string, (desk: LegacyDesk) => Promise<Door>>> = {
  HTTPS: openHttps,
  "serial line": openSerial,
  "drop folder": (desk) => openFolder(desk),
};
