import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Scan } from "#main/till/ports/devices.ts";
import { type ClientRig, onSerial, onTcp, ptyPair, scannerOn, startClient, tcpDevice, until } from "./rig.ts";

function heardBy({ client }: ClientRig): Scan[] {
  const scans: Scan[] = [];
  client.onScan((scan) => scans.push(scan));
  return scans;
}

function isReady({ client }: ClientRig, deviceId = "scanner"): boolean {
  return client.statuses().some((status) => status.deviceId === deviceId && status.state === "ready");
}

const codes = Array.from({ length: 40 }, (_, i) => `690${String(i).padStart(10, "0")}`);

describe("a scanner", () => {
  it("on a serial port delivers every code once and in order, at the full speed of the line", async () => {
    const cable = await ptyPair();
    const rig = startClient({ scanners: [scannerOn(onSerial(cable.till))] });
    const scans = heardBy(rig);
    await until("the scanner is ready", () => isReady(rig));
    const wire = createWriteStream(cable.device, { flags: "r+" });
    onTestFinished(() => void wire.destroy());
    for (const code of codes) wire.write(`${code}\r\n`);
    await until("all codes arrived", () => scans.length >= codes.length);
    expect(scans.map((scan) => scan.text)).toEqual(codes);
  });

  it("without a suffix is read at the pause after each code", async () => {
    const device = await tcpDevice();
    const rig = startClient({ scanners: [scannerOn(onTcp(device.port))] });
    const scans = heardBy(rig);
    await until("the scanner is ready", () => isReady(rig) && device.connections() === 1);
    device.send("]E06901234567892");
    await until("the first code is read", () => scans.length === 1);
    device.send("6901234567908");
    await until("the second code is read", () => scans.length === 2);
    expect(scans.map(({ deviceId, text, aim }) => ({ deviceId, text, aim }))).toEqual([
      { deviceId: "scanner", text: "6901234567892", aim: "]E0" },
      { deviceId: "scanner", text: "6901234567908", aim: null },
    ]);
  });

  it("unplugged in the middle of a code and plugged in again reads the next code whole", async () => {
    const cable = await ptyPair();
    const rig = startClient({ scanners: [scannerOn(onSerial(cable.till))] });
    const scans = heardBy(rig);
    await until("the scanner is ready", () => isReady(rig));
    await writeTo(cable.device, "69012");
    await cable.unplug();
    await until("the loss is noticed", () => !isReady(rig));
    await until("it is known to be absent", () => rig.client.statuses()[0]?.state === "absent");
    await cable.plugIn();
    await until("the scanner is back", () => isReady(rig));
    await writeTo(cable.device, "6901234567892\r");
    await until("the code is read", () => scans.some((scan) => scan.text.length === 13));
    expect(scans.at(-1)?.text).toBe("6901234567892");
    expect(scans.every((scan) => scan.text === "69012" || scan.text === "6901234567892")).toBe(true);
  });

  it("comes back by itself after its host was killed, and stays while another device is changed", async () => {
    const device = await tcpDevice();
    const scanner = scannerOn(onTcp(device.port));
    const rig = startClient({ scanners: [scanner] });
    const scans = heardBy(rig);
    await until("the scanner is ready", () => isReady(rig));
    rig.hosts[0]?.kill("SIGKILL");
    await until("a second host has it ready", () => rig.hosts.length === 2 && isReady(rig));
    await until("one connection is left", () => device.connections() === 1);
    const other = await tcpDevice();
    rig.client.configure({ scanners: [scanner, scannerOn(onTcp(other.port), "second")] });
    await until("the second scanner is ready", () => isReady(rig, "second"));
    device.send("111\r");
    other.send("222\r");
    await until("both were heard", () => scans.length === 2);
    expect(new Set(scans.map((scan) => `${scan.deviceId} ${scan.text}`))).toEqual(
      new Set(["scanner 111", "second 222"]),
    );
    expect(rig.log).toEqual(["the device host ended SIGKILL"]);
  });

  it("that floods the line is cut short and says so, and the next code is read", async () => {
    const device = await tcpDevice();
    const rig = startClient({ scanners: [scannerOn(onTcp(device.port))] });
    const scans = heardBy(rig);
    await until("the scanner is ready", () => isReady(rig) && device.connections() === 1);
    device.send(`${"7".repeat(300_000)}\r6901234567892\r`);
    await until("the code is read", () => scans.length > 0);
    expect(scans.map((scan) => scan.text)).toEqual(["6901234567892"]);
    expect(rig.client.statuses()[0]?.reason).toContain("320 characters");
  });
});

describe("a device host that hangs", () => {
  it("is killed and replaced when it no longer answers", async () => {
    const device = await tcpDevice();
    const rig = startClient({ scanners: [scannerOn(onTcp(device.port))] });
    const scans = heardBy(rig);
    await until("the scanner is ready", () => isReady(rig));
    rig.hosts[0]?.kill("SIGSTOP");
    await until("another host runs", () => rig.hosts.length === 2 && isReady(rig));
    await until("one connection is left", () => device.connections() === 1);
    device.send("111\r");
    await until("it hears", () => scans.length === 1);
  });
});

async function writeTo(path: string, text: string): Promise<void> {
  const file = await open(path, "r+");
  await file.write(text);
  await file.close();
}
