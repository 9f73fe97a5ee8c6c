import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { type DevicesConfig, devicesSchema } from "#contract/config/devices.ts";
import { createDeviceSetup } from "#main/device-setup/create-device-setup.ts";
import type { TypedPairing } from "#contract/devices/pairing.ts";
import { openLog } from "#main/log/open-log.ts";
import { cola, people } from "#tests/support/bench-shop.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { openTillBench } from "#tests/support/till-bench.ts";
import { onTcp, startClient, tcpDevice, until } from "./rig.ts";

const byHand = `{ "store": {"code": "S01", "nameZh": "蜂鸟", "nameEn": "Bird"},
  "terminalId": "T01",   "devices": {"scanners": []} }
`;

/** A till with the real device host under it, set up in a folder of its own. A manager is signed in. */
async function tillWithDevices(terminalJson: string | null = byHand, devices: DevicesConfig = { scanners: [] }) {
  const keyboard = handKeyboard();
  const dataDir = mkdtempSync(join(tmpdir(), "tillway-devices-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  if (terminalJson !== null) writeFileSync(join(dataDir, "terminal.json"), terminalJson);
  const { client } = startClient(devices);
  let ids = 0;
  const setup = createDeviceSetup({
    ...{
      dataDir,
      client,
      configured: devices,
      wedge: keyboard,
      shop: "real",
      now: Date.now,
      log: openLog(join(dataDir, "till.log"), Date.now),
    },
    newId: () => `id-${(ids += 1)}`,
  });
  const bench = openTillBench({ deviceSetup: setup, config: { devices } });
  onTestFinished(() => bench.close());
  await bench.atWork();
  const { id, pin } = people.manager;
  await bench.must("sign-in", { cashierId: id, pin });
  const read = (): string => readFileSync(join(dataDir, "terminal.json"), "utf8");
  await until("the host is up", () => client.request({ kind: "stop-pairing" }));
  return { bench, client, setup, read, keyboard };
}

/** What types into the till's window, by the test's own hand. */
function handKeyboard() {
  let listening: { readonly code: string; readonly onTyped: (typed: TypedPairing) => void } | null = null;
  return {
    follow() {},
    onScan() {},
    learn(code: string | null, onTyped: (typed: TypedPairing) => void) {
      listening = code === null ? null : { code, onTyped };
    },
    code: () => listening?.code ?? null,
    type: (typed: TypedPairing) => listening?.onTyped(typed),
  };
}

it("a scanner that is found after its manager has gone is not the till's", async () => {
  const device = await tcpDevice();
  const { bench, setup, read } = await tillWithDevices();
  await bench.must("pairing-begin", { at: { host: "127.0.0.1", port: device.port } });
  await until("it is listened to", () => device.connections() === 1);
  const pairing = setup.pairing();
  await bench.must("sign-out", {});
  await until("it was heard", () => {
    if (setup.pairing().kind !== "listening") return true;
    device.send(`${pairing.kind === "listening" ? pairing.text : ""}\r`);
    return false;
  });
  expect(setup.pairing()).toEqual({ kind: "not-saved", fault: "not-allowed" });
  expect(read()).toBe(byHand);
});

it("a device is in use and written down although the disk refuses the journal's note, and the fault is logged", async () => {
  const device = await tcpDevice();
  const { bench, client, read } = await tillWithDevices();
  Object.assign(bench.refuse, { method: "appendJournal", times: 1 });
  const config = { id: "new", transport: { kind: "tcp", host: "127.0.0.1", port: device.port } } as const;
  await bench.must("device-save", { section: { role: "scanner", config: { ...config, prefix: "" } } });
  await until("it is ready", () => client.statuses()[0]?.state === "ready");
  expect(JSON.parse(read()).devices.scanners).toEqual([{ ...config, id: "scanner-1", prefix: "" }]);
  expect(read().startsWith(byHand.slice(0, byHand.indexOf('{"scanners"')))).toBe(true);
  expect(bench.faults.some((fault) => fault.startsWith("note the device"))).toBe(true);
});

it("two devices cannot be at one address, a ninth scanner is refused, and one that is gone cannot be removed", async () => {
  const { bench, read } = await tillWithDevices();
  const save = (port: number) =>
    bench.send("device-save", {
      section: { role: "scanner", config: { id: "new", transport: onTcp(port), prefix: "" } },
    });
  for (let port = 1; port <= 8; port += 1) expect((await save(port)).ok).toBe(true);
  expect(await save(3)).toEqual({ ok: false, fault: { kind: "device-in-use" } });
  expect(await save(9)).toEqual({ ok: false, fault: { kind: "too-many-scanners" } });
  const gone = { role: "scanner", deviceId: "nobody" } as const;
  expect(await bench.send("device-remove", gone)).toEqual({ ok: false, fault: { kind: "no-such-device" } });
  expect(JSON.parse(read()).devices.scanners.map(({ id }: { id: string }) => id)).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `scanner-${number}`),
  );
});

it("a scanner gets another name and prefix in its place: written, in use without a restart, and journaled", async () => {
  const left = await tcpDevice();
  const right = await tcpDevice();
  const { bench, client, read } = await tillWithDevices();
  for (const { port } of [left, right]) {
    const config = { id: "new", transport: onTcp(port), prefix: "" };
    await bench.must("device-save", { section: { role: "scanner", config } });
  }
  await until("both are ready", () => client.statuses().filter(({ state }) => state === "ready").length === 2);
  const before = { id: "scanner-1", transport: onTcp(left.port), prefix: "" };
  const after = { id: "左侧柜台", transport: onTcp(left.port), prefix: "#" };
  await bench.must("device-save", { section: { role: "scanner", config: after }, was: "scanner-1" });
  const { scanners } = JSON.parse(read()).devices;
  expect(scanners.map(({ id }: { id: string }) => id)).toEqual(["左侧柜台", "scanner-2"]);
  expect(scanners[0]).toEqual(after);
  expect(journalBodies(bench.directory, "device-changed").at(-1)).toEqual({
    ...{ role: "scanner", deviceId: "左侧柜台", before, after, cashierId: people.manager.id },
  });
  await until("it is ready under its name", () =>
    client.statuses().some(({ deviceId, state }) => deviceId === "左侧柜台" && state === "ready"),
  );
  const scans: unknown[] = [];
  client.onScan(({ deviceId, text }) => scans.push([deviceId, text]));
  left.send(`#${cola}\r`);
  await until("its prefix is taken away", () => scans.length === 1);
  expect(scans).toEqual([["左侧柜台", cola]]);
  // Names are what messages, logs and the journal know a device by.
  const taken = { ...after, id: "scanner-2" };
  const save = (config: typeof after, was: string) =>
    bench.send("device-save", { section: { role: "scanner", config }, was });
  expect(await save(taken, "左侧柜台")).toEqual({ ok: false, fault: { kind: "name-taken" } });
  expect(await save(after, "scanner-1")).toEqual({ ok: false, fault: { kind: "no-such-device" } });
  await bench.must("device-remove", { role: "scanner", deviceId: "左侧柜台" });
  expect(client.statuses().map(({ deviceId }) => deviceId)).toEqual(["scanner-2"]);
});

it("nothing is changed where there is no terminal.json, or none that a till could start on", async () => {
  const section = { role: "scanner", config: { id: "new", transport: onTcp(1), prefix: "" } } as const;
  const demo = await tillWithDevices(null);
  expect(await demo.bench.send("device-save", { section })).toEqual({ ok: false, fault: { kind: "setup-demo-store" } });
  const broken = await tillWithDevices('{"store": {}}');
  const refused = { ok: false, fault: { kind: "setup-file-unwritable" } };
  expect(await broken.bench.send("device-save", { section })).toEqual(refused);
  expect([broken.read(), broken.client.statuses()]).toEqual(['{"store": {}}', []]);
});

it("a scale that is added says what lies on it, and nothing of the one before it once it is removed", async () => {
  const scale = await tcpDevice();
  const { bench, setup, read } = await tillWithDevices();
  const config = { id: "new", transport: onTcp(scale.port), protocol: "cas-22" } as const;
  const added = await bench.must("device-save", { section: { role: "scale", config } });
  expect(added.devices.map(({ section, weight }) => [section.config.id, weight])).toEqual([["scale-1", null]]);
  expect(JSON.parse(read()).devices.scale).toMatchObject({ id: "scale-1", protocol: "cas-22" });
  // Stable, gross, device id, lamps, weight: CAS, 22 bytes, as its manual writes it.
  const frame = Buffer.from("ST,GS,\x00\x40,   1.250 kg\r\n", "latin1");
  await until("it is shown", () => {
    scale.send(frame);
    const [device] = setup.devices();
    return device?.weight?.grams === 1_250 && device.weight.isStable && device.latency !== null;
  });
  await bench.must("device-remove", { role: "scale", deviceId: "scale-1" });
  const other = await bench.must("device-save", {
    section: { role: "scale", config: { ...config, protocol: "cas-10" } },
  });
  expect(other.devices.map(({ weight }) => weight)).toEqual([null]);
});

it("a sample on the pole display gives way to what belongs there after five seconds, and at once to a sale", async () => {
  const poleDisplay = { id: "pole", transport: onTcp(1), protocol: "cd5220" } as const;
  const { bench } = await tillWithDevices(byHand, devicesSchema.parse({ poleDisplay }));
  await bench.scan(cola);
  const before = bench.poleShows.at(-1);
  await bench.must("pole-sample", {});
  expect(bench.poleShows.at(-1)).toMatchObject({ upper: "12345678901234567890", digits: "123456.78" });
  await bench.clock.advance(4_900);
  expect(bench.poleShows.at(-1)).not.toEqual(before);
  await bench.clock.advance(200);
  expect(bench.poleShows.at(-1)).toEqual(before);
  await bench.must("pole-sample", {});
  await bench.scan(cola);
  expect(bench.poleShows.at(-1)).toMatchObject({ lower: "Total           7.00" });
});

it("there is no sample where there is no pole display", async () => {
  const { bench } = await tillWithDevices();
  expect(await bench.send("pole-sample", {})).toEqual({ ok: false, fault: { kind: "no-such-device" } });
});

const typedAsIs = { kind: "fit", prefix: "~", suffix: "tab", aim: "]C0", maxKeyGapMs: 40 } as const;

it("a scanner that types is offered when nothing better has heard it, and is the till's only when a manager says so", async () => {
  const { bench, setup, read, keyboard } = await tillWithDevices();
  expect(keyboard.code()).toBe(null);
  await bench.must("pairing-begin", { at: null });
  const begun = setup.pairing();
  expect(keyboard.code()).toBe(begun.kind === "listening" ? begun.text : "");
  expect(await bench.send("pairing-use-typed", {})).toMatchObject({ fault: { kind: "no-such-device" } });
  keyboard.type(typedAsIs);
  // The same scan may yet come over a better way.
  expect(setup.pairing()).toMatchObject({ kind: "listening", typed: null });
  const learned = { prefix: "~", suffix: "tab", aim: "]C0" } as const;
  await until("it is offered", () => {
    const pairing = setup.pairing();
    return pairing.kind === "listening" && pairing.typed !== null;
  });
  expect(setup.pairing()).toMatchObject({ typed: learned });
  expect(read()).toBe(byHand);
  await bench.must("pairing-use-typed", {});
  expect([setup.pairing(), keyboard.code()]).toEqual([
    { kind: "found", name: "", deviceId: "scanner-1", learned },
    null,
  ]);
  const transport = { kind: "wedge", suffix: "tab", maxKeyGapMs: 40 };
  expect(JSON.parse(read()).devices.scanners).toEqual([{ id: "scanner-1", transport, prefix: "~" }]);
  // Keys do not say which keyboard they come from: a second one is refused with a sentence of its own.
  await bench.must("pairing-begin", { at: null });
  keyboard.type(typedAsIs);
  await bench.must("pairing-use-typed", {});
  expect(setup.pairing()).toEqual({ kind: "not-saved", fault: "only-one-wedge" });
});

it("a better way that hears the same scan wins over the keys, and what cannot be taken away is named", async () => {
  const device = await tcpDevice();
  const { bench, setup, read, keyboard } = await tillWithDevices();
  await bench.must("pairing-begin", { at: { host: "127.0.0.1", port: device.port } });
  await until("it is listened to", () => device.connections() === 1);
  keyboard.type(typedAsIs);
  await until("it is found", () => {
    if (setup.pairing().kind === "found") return true;
    device.send(`${keyboard.code()}\r`);
    return false;
  });
  expect(JSON.parse(read()).devices.scanners).toMatchObject([{ transport: { kind: "tcp" } }]);
  await bench.must("pairing-begin", { at: null });
  keyboard.type({ kind: "unfit", why: "printable-suffix", extra: "X" });
  expect(setup.pairing()).toEqual({ kind: "unfit", name: "", why: "printable-suffix", extra: "X" });
  expect(keyboard.code()).toBe(null);
});
