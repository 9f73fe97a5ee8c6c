import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { legacyConfig } from "#contract/config/legacy.ts";
import type { LegacySettings } from "#contract/ipc/legacy-intents.ts";
import type { Log } from "#main/log/open-log.ts";
import type { KeyStore } from "#main/secret/key-store.ts";
import type { LegacyDoors } from "#main/till/ports/legacy-doors.ts";
import { paymentCode } from "#tests/support/bench-shop.ts";
import { realClock } from "#tests/support/device-host.ts";
import { doorCertificate } from "#tests/support/door-certificate.ts";
import { freePort } from "#tests/support/free-port.ts";
import { type LegacyBench, openLegacyBench, paymentRequest, readAnswer } from "#tests/support/legacy-bench.ts";
import { until } from "#tests/support/poll.ts";
import { createVirtualClock, type VirtualClock } from "#tests/support/virtual-clock.ts";
import { sealingKeyStore as keyStore } from "#tests/support/key-stores.ts";
import { openLegacy } from "./open-legacy.ts";

/* The door as the till opens it, with the till's own desk behind it. */

let legacy: LegacyBench;
let folder: string;
let port: number;
let endings: (() => unknown)[];
let others: Server[];
const log: Log = { child: () => log, warn: () => {}, error: () => {}, info: () => {} } as unknown as Log;
const shut: KeyStore = { ...keyStore, decryptStringAsync: () => Promise.reject(new Error("the key ring is shut")) };

beforeEach(async () => {
  legacy = await openLegacyBench();
  folder = mkdtempSync(join(tmpdir(), "tillway-legacy-"));
  port = await freePort();
  [endings, others] = [[], []];
});
afterEach(async () => {
  for (const end of endings) await end();
  for (const other of others) other.close();
  legacy.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ways {
  readonly https?: object | undefined;
  readonly isTraining?: boolean;
  readonly keyStore?: KeyStore;
  readonly clock?: typeof realClock;
}

function opened(ways: Ways = {}): LegacyDoors {
  const doors = maybeOpened(ways);
  if (doors === null) throw new Error("there is no door in training");
  return doors;
}

function maybeOpened(ways: Ways): LegacyDoors | null {
  const https = "https" in ways ? ways.https : { port };
  return openLegacy({
    ...{ config: () => ({ legacy: https && legacyConfig.parse({ https }) }), dataDir: folder, isDemo: false, log },
    ...{ isTraining: ways.isTraining === true, keyStore: ways.keyStore ?? keyStore, clock: ways.clock ?? realClock },
    ...{ desk: () => legacy.bench.till.legacyDesk, endings: { push: (end) => void endings.push(end) } },
  });
}

const stateIs = (door: LegacyDoors, state: string): Promise<unknown> =>
  until(`the door is ${state}`, () => door.view().state === state);

/** It is tried again and again; sockets take what they take. */
async function opensInTime(door: LegacyDoors, clock: VirtualClock): Promise<void> {
  await until("the door is open", async () => {
    await clock.advance(5_000);
    return door.view().state === "open";
  });
}

const set = (isOn: boolean, at = port, more: Partial<LegacySettings> = {}): LegacySettings => ({
  ...{ https: { isOn, host: "127.0.0.1", port: at }, showsQr: false, waitSeconds: 120, mayRefund: false },
  ...more,
});

/** Another program that listens there. */
async function occupy(at: number): Promise<Server> {
  const server = createServer();
  others.push(server);
  await new Promise<void>((resolve) => server.listen(at, "127.0.0.1", () => resolve()));
  return server;
}

/** Sends a message; `cut` ends the connection instead of waiting for the answer. */
async function send(text: string, token: string, cut?: () => Promise<unknown>): Promise<string> {
  const ca = await doorCertificate(folder);
  return new Promise((resolve) => {
    const made = request(
      {
        ...{ host: "127.0.0.1", port, path: "/nexo", method: "POST", agent: false, ca },
        headers: { authorization: `Bearer ${token}` },
      },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => (body += part));
        response.on("end", () => resolve(body));
      },
    );
    made.on("error", () => resolve("cut"));
    made.end(text);
    if (cut !== undefined) void cut().then(() => made.destroy());
  });
}

it("a payment outlives the connection it was asked over, is charged once and told to the next", async () => {
  const door = opened();
  const token = door.pair("front") ?? "";
  await stateIs(door, "open");
  const onScreen = (): Promise<unknown> => until("it is on the screen", () => legacy.bench.shown.payment !== null);
  expect(await send(paymentRequest(), token, onScreen)).toBe("cut");
  await legacy.bench.scan(paymentCode);
  expect(legacy.bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1_250 });
  expect(readAnswer(await send(paymentRequest(), token)).word).toBe("Success");
  expect(legacy.bench.gateway.orders.size).toBe(1);
  expect(door.view().pairings).toEqual([{ name: "front", madeAtMs: expect.any(Number), lastAtMs: expect.any(Number) }]);
});

it("the key is made at the first use and kept; another certificate is another fingerprint", async () => {
  const first = opened();
  await stateIs(first, "open");
  const shown = first.view();
  expect(shown).toMatchObject({ url: `https://127.0.0.1:${port}/nexo`, pairings: [], isKeyAnew: false });
  await endings.pop()?.();
  const second = opened();
  await stateIs(second, "open");
  expect(second.view().fingerprint).toBe(shown.fingerprint);
  await endings.pop()?.();
  writeFileSync(join(folder, "legacy", "identity-127-0-0-1.json"), "{");
  const third = opened();
  await stateIs(third, "open");
  expect([third.view().fingerprint === shown.fingerprint, third.view().isKeyAnew]).toEqual([false, true]);
});

it("a key that the key store does not open leaves the door closed and is never another; it opens once the store does", async () => {
  const first = opened();
  await stateIs(first, "open");
  const { fingerprint } = first.view();
  await endings.pop()?.();
  const clock = createVirtualClock(Date.now());
  let now = shut;
  const later: KeyStore = { ...keyStore, decryptStringAsync: (sealed) => now.decryptStringAsync(sealed) };
  const second = opened({ keyStore: later, clock });
  await stateIs(second, "closed");
  expect(second.view()).toMatchObject({ fault: "key-locked", fingerprint: "" });
  now = keyStore;
  await opensInTime(second, clock);
  expect(second.view()).toMatchObject({ fault: null, fingerprint, isKeyAnew: false });
});

it("an address that is taken leaves the door closed and the till open until it is free; in training there is none", async () => {
  const other = await occupy(port);
  const clock = createVirtualClock(Date.now());
  const door = opened({ clock });
  await stateIs(door, "closed");
  expect(door.view().fault).toBe("port-in-use");
  await clock.advance(5_000);
  expect(door.view().state).toBe("closed");
  await new Promise((resolve) => other.close(resolve));
  await opensInTime(door, clock);
  expect(maybeOpened({ isTraining: true })).toBeNull();
});

it("an address that is not this machine's is said to be away", async () => {
  // TEST-NET-1: nobody's (RFC 5737).
  const door = opened({ https: { host: "192.0.2.1", port } });
  await stateIs(door, "closed");
  expect(door.view()).toMatchObject({ fault: "address-away", url: `https://192.0.2.1:${port}/nexo` });
});

const text = '{\n "store": {"code": "S01",  "nameZh": "店", "nameEn": "Shop"},\n "terminalId":"T01"\n}\n';

it("is set up while the till is open: opened, moved, closed, and written down with all else as it was", async () => {
  writeFileSync(join(folder, "terminal.json"), text);
  const doors = opened({ https: undefined });
  expect([doors.configured(), doors.view().state, doors.view().isTaken]).toEqual([undefined, "off", false]);
  expect(await doors.save(set(true))).toEqual({ ok: true, value: { before: null, after: set(true) } });
  expect(doors.view()).toMatchObject({ state: "open", isTaken: true, settings: set(true) });
  expect(doors.configured()).toEqual({ ...set(true), answerSeconds: 150 });
  const token = doors.pair("front") ?? "";
  expect(await send("{}", token)).toContain("Reject");
  const { fingerprint } = doors.view();

  const before = port;
  port = await freePort();
  await doors.save(set(true, port, { mayRefund: true }));
  expect(doors.view()).toMatchObject({ state: "open", url: `https://127.0.0.1:${port}/nexo`, fingerprint });
  expect(await send("{}", token)).toContain("Reject");
  await occupy(before);

  await doors.save(set(false));
  expect(doors.view()).toMatchObject({ state: "off", url: "", isTaken: true });
  expect(await send("{}", token)).toBe("cut");
  const written = readFileSync(join(folder, "terminal.json"), "utf8");
  expect(written.startsWith(text.slice(0, text.lastIndexOf("\n}")))).toBe(true);
  expect(JSON.parse(written)).toMatchObject({ legacy: set(false) });
});

it("what an old till may is set without closing its door", async () => {
  writeFileSync(join(folder, "terminal.json"), text);
  const doors = opened();
  await stateIs(doors, "open");
  const token = doors.pair("front") ?? "";
  const answer = send(paymentRequest(), token);
  await until("it is on the screen", () => legacy.bench.shown.payment !== null);
  await doors.save(set(true, port, { showsQr: true }));
  await legacy.bench.scan(paymentCode);
  expect(readAnswer(await answer).word).toBe("Success");
});

it("a port that is taken is kept as it was entered, and the door opens once it is another", async () => {
  writeFileSync(join(folder, "terminal.json"), text);
  const doors = opened({ https: undefined });
  await occupy(port);
  expect(await doors.save(set(true))).toMatchObject({ ok: true });
  expect(doors.view()).toMatchObject({ state: "closed", fault: "port-in-use", settings: set(true) });
  const free = await freePort();
  await doors.save(set(true, free));
  expect(doors.view()).toMatchObject({ state: "open", fault: null });
});

it("what cannot be written is not in use", async () => {
  const doors = opened();
  await stateIs(doors, "open");
  expect(await doors.save(set(false))).toEqual({ ok: false, fault: "setup-demo-store" });
  writeFileSync(join(folder, "terminal.json"), "{");
  expect(await doors.save(set(false))).toEqual({ ok: false, fault: "setup-file-unwritable" });
  rmSync(join(folder, "terminal.json"));
  mkdirSync(join(folder, "terminal.json"));
  expect(await doors.save(set(false))).toEqual({ ok: false, fault: "setup-file-unwritable" });
  expect(doors.view()).toMatchObject({ state: "open", settings: set(true) });
});
