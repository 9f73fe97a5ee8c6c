import { fork } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { printerSchema, type DevicesConfig } from "#contract/config/devices.ts";
import type { HostEvent } from "#contract/devices/messages.ts";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { tcpDevice, until } from "../rig.ts";

const isBinary = /[\\/]addon[\\/](?:build|prebuilds)(?:[\\/]|$)/;

/** The device host as it would be where no binary of the addon was delivered and none could be compiled. */
function hostWithoutAddon(): string {
  const folder = mkdtempSync(join(tmpdir(), "tillway-no-addon-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ["core", "contract", "native", "package.json", "resources"])
    cpSync(join(projectRoot, name), join(folder, name), { recursive: true, filter: (path) => !isBinary.test(path) });
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  return join(folder, "native/host.ts");
}

describe("the device host without the native addon", () => {
  it("says what is missing for the devices that need it, and works with all others", async () => {
    const network = await tcpDevice();
    const devices: DevicesConfig = {
      scanners: [
        { id: "network", transport: { kind: "tcp", host: "127.0.0.1", port: network.port }, prefix: "" },
        { id: "keys", transport: { kind: "keyboard", path: "/dev/input/event0" }, prefix: "" },
        { id: "pos", transport: { kind: "hid", path: "/dev/hidraw0" }, prefix: "" },
      ],
      printer: printerSchema.parse({ id: "usb", transport: { kind: "usb", path: "/dev/usb/lp0" } }),
    };
    const states = new Map<string, string>();
    const host = fork(hostWithoutAddon(), { execArgv: [] });
    onTestFinished(() => void host.kill("SIGKILL"));
    host.on("message", (event: HostEvent) => {
      if (event.kind === "device-state") states.set(event.deviceId, `${event.state}: ${event.reason ?? ""}`);
    });
    host.send({ kind: "configure", devices });
    await until(
      "each device said how it stands",
      () => states.size === 4 && !/opening/.test([...states.values()].join()),
    );
    const missing = `absent: the native addon does not exist for ${process.platform}-${process.arch}`;
    expect(Object.fromEntries(states)).toEqual({ network: "ready: ", keys: missing, pos: missing, usb: missing });
  });
});
