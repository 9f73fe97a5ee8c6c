import { createWriteStream, type WriteStream } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import type { PairingCandidate, PairingProgress } from "#contract/devices/pairing.ts";
import { type ClientRig, onSerial, ptyPair, scannerOn, startClient, tcpDevice, until } from "./rig.ts";

const text = "TILLWAY-7K3Q";

/** What the host says of a pairing over these candidates. */
async function pair(rig: ClientRig, candidates: readonly PairingCandidate[], withinMs = 60_000) {
  const heard: PairingProgress[] = [];
  rig.client.onSetup((event) => {
    if (event.kind === "pairing" && event.pairingId === "one") heard.push(event.progress);
  });
  await until("the host takes it", () =>
    rig.client.request({ kind: "pair", pairingId: "one", text, candidates, withinMs }),
  );
  return heard;
}

function ports(heard: readonly PairingProgress[]) {
  const last = heard.at(-1);
  return last?.state === "listening" ? last.ports : [];
}

function onPty(path: string): PairingCandidate {
  return { kind: "serial", node: path, address: { path } };
}

function wireTo(path: string): WriteStream {
  const wire = createWriteStream(path, { flags: "r+" });
  onTestFinished(() => void wire.destroy());
  return wire;
}

const line = { stopBits: 1, flow: "none" } as const;

describe("Pairing a scanner", () => {
  it("finds it among several ports, learns how it sends, and leaves every port free for its new owner", async () => {
    const [silent, scanner] = [await ptyPair(), await ptyPair()];
    const rig = startClient({ scanners: [] });
    const identity = { vendorId: "0c2e", productId: "0b61", serial: "18047B0CC5", port: "1-1" };
    const known = { kind: "serial", node: scanner.till, address: { identity } } as const;
    const heard = await pair(rig, [onPty(silent.till), known]);
    await until("both are listened to", () => ports(heard).length === 2);
    const wire = wireTo(scanner.device);
    await until("it is found", () => {
      if (heard.at(-1)?.state === "found") return true;
      wire.write(`]C0${text}\r\n`);
      return false;
    });
    expect(heard.at(-1)).toEqual({
      state: "found",
      name: scanner.till,
      scanner: {
        // What it says of itself, and not where it happened to be.
        transport: { kind: "serial", identity, baudRate: 9_600, dataBits: 8, parity: "none", ...line },
        ...{ prefix: "", suffix: "crlf", aim: "]C0" },
      },
    });
    rig.client.configure({ scanners: [scannerOn(onSerial(scanner.till)), scannerOn(onSerial(silent.till), "other")] });
    await until("both ports are free", () => rig.client.statuses().every(({ state }) => state === "ready"));
  });

  it("changes the speed when noise comes, and reads seven bits with parity without trying them", async () => {
    const cable = await ptyPair();
    const rig = startClient({ scanners: [] });
    const heard = await pair(rig, [onPty(cable.till)]);
    await until("it is listened to", () => ports(heard).length === 1);
    const wire = wireTo(cable.device);
    await until("the noise is heard", () => {
      if (ports(heard)[0]?.heard === "noise") return true;
      wire.write(Uint8Array.of(0x80, 0xfe, 0x00, 0xe6));
      return false;
    });
    // Even parity in the top bit, as a line of 7E1 is heard with eight bits.
    const even = Buffer.from(`${text}\r`).map((byte) =>
      byte.toString(2).replaceAll("0", "").length % 2 === 0 ? byte : byte | 0x80,
    );
    await until("it is found", () => {
      if (heard.at(-1)?.state === "found") return true;
      wire.write(even);
      return false;
    });
    const found = heard.at(-1);
    const transport = found?.state === "found" ? found.scanner.transport : null;
    expect(transport).toMatchObject({ kind: "serial", dataBits: 7, parity: "even" });
    expect(transport).not.toMatchObject({ baudRate: 9_600 });
  });

  it("says which port another has, and hears the one on the network", async () => {
    const taken = await ptyPair();
    const device = await tcpDevice();
    const rig = startClient({ scanners: [scannerOn(onSerial(taken.till))] });
    await until("the port is taken", () => rig.client.statuses()[0]?.state === "ready");
    const heard = await pair(rig, [onPty(taken.till), { kind: "tcp", host: "127.0.0.1", port: device.port }]);
    await until("the network is listened to", () => device.connections() === 1);
    await until("the taken port is told", () => ports(heard)[0]?.reason !== null && ports(heard).length === 2);
    device.send(`${text}\r`);
    await until("it is found", () => heard.at(-1)?.state === "found");
    expect(heard.at(-1)).toMatchObject({
      name: `127.0.0.1:${device.port}`,
      scanner: { transport: { kind: "tcp" }, suffix: "cr", aim: null },
    });
    expect(rig.client.statuses()[0]?.state).toBe("ready");
  });

  it("ends after its time, and at once when it is stopped, with every port closed", async () => {
    const device = await tcpDevice();
    const candidate = { kind: "tcp", host: "127.0.0.1", port: device.port } as const;
    const rig = startClient({ scanners: [] });
    const heard = await pair(rig, [candidate], 500);
    await until("it has ended", () => heard.at(-1)?.state === "not-heard");
    await until("nobody listens", () => device.connections() === 0);
    rig.client.request({ kind: "pair", pairingId: "two", text, candidates: [candidate], withinMs: 60_000 });
    await until("somebody listens", () => device.connections() === 1);
    rig.client.request({ kind: "stop-pairing" });
    await until("nobody listens any more", () => device.connections() === 0);
  });
});

describe("A device that is restarted", () => {
  it("is closed and opened again, and others are left alone", async () => {
    const [one, other] = [await tcpDevice(), await tcpDevice()];
    const on = (port: number) => ({ kind: "tcp", host: "127.0.0.1", port }) as const;
    const rig = startClient({ scanners: [scannerOn(on(one.port), "one"), scannerOn(on(other.port), "other")] });
    const states: string[] = [];
    rig.client.onStatus((statuses) => states.push(statuses.map(({ state }) => state).join(" ")));
    await until("both are ready", () => states.at(-1) === "ready ready");
    rig.client.request({ kind: "restart-device", role: "scanner", deviceId: "one" });
    await until("it was closed", () => states.includes("closing ready"));
    await until("it is back", () => states.at(-1) === "ready ready");
    expect([one.connections(), other.connections()]).toEqual([1, 1]);
    expect(states.slice(states.indexOf("ready ready")).every((state) => state.endsWith(" ready"))).toBe(true);
  });
});
