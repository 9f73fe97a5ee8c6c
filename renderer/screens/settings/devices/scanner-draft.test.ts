import { describe, expect, it } from "vitest";
import type { DevicesView, DeviceView } from "#contract/ipc/devices-view.ts";
import { scannerTrouble } from "./scanner-draft.ts";

const serial = { kind: "serial", path: "/dev/ttyUSB0", baudRate: 9_600, dataBits: 8, parity: "none" } as const;
const scanner = { id: "scanner-1", prefix: "", transport: { ...serial, stopBits: 1, flow: "none" } } as const;
const view: DevicesView = {
  ...{ shop: "real", mayChange: true, found: [], drawer: null },
  ...{ pairing: { kind: "none" }, testSheet: { kind: "none" } },
  devices: [scanner, { ...scanner, id: "scanner-2" }].map((config): DeviceView => ({
    ...{ section: { role: "scanner", config }, state: "ready", reason: null, trouble: null, sinceMs: null },
    ...{ latency: null, scans: null, weight: null, lastFault: null, events: [] },
  })),
};
const trouble = (changes: object) => scannerTrouble({ ...scanner, ...changes }, "scanner-1", view);

describe("a scanner that is changed", () => {
  it("may keep its name or get any other of up to 32 characters", () => {
    for (const id of ["scanner-1", "左侧柜台", "x", "x".repeat(32), "left counter"]) expect(trouble({ id })).toBe(null);
  });

  it.each(["", " ", "new", " x", "x ", "x".repeat(33)])("is not named %j", (id) => {
    expect(trouble({ id })).toBe("scanner.bad-name");
  });

  it("does not get the name of another device", () => {
    expect(trouble({ id: "scanner-2" })).toBe("scanner.name-taken");
  });

  it("has a prefix of at most eight characters, and an address where it is on the network", () => {
    expect(trouble({ prefix: "12345678" })).toBe(null);
    expect(trouble({ prefix: "123456789" })).toBe("scanner.bad-prefix");
    expect(trouble({ transport: { kind: "tcp", host: "", port: 9_000 } })).toBe("counter.no-address");
  });
});
