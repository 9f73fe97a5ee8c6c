import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { DevicesConfig, ScannerConfig } from "#contract/config/devices.ts";
import type { FoundDevice } from "#contract/devices/found.ts";
import { Finder } from "./finder.ts";
import type { Sighting } from "./sighting.ts";

const identity = { vendorId: "1a86", productId: "7523", port: "1-1" };
const adapter: Sighting = {
  ...{ kind: "serial", node: "/dev/ttyUSB0", identity, maker: null, product: "USB Serial" },
  ...{ permission: "ok", group: null },
};

function scannerWith(address: object): DevicesConfig {
  const line = { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1, flow: "none" } as const;
  const scanner: ScannerConfig = { id: "counter", transport: { kind: "serial", ...line, ...address }, prefix: "" };
  return { scanners: [scanner] };
}

function finderOver(seen: () => readonly Sighting[]) {
  const told: (readonly FoundDevice[])[] = [];
  let plug = (): void => {};
  const finder = new Finder({
    report: (devices) => told.push(devices),
    find: async () => seen(),
    watch: (onChange) => {
      plug = onChange;
      return () => {};
    },
  });
  onTestFinished(() => finder.close());
  return { finder, told, plug: () => plug() };
}

describe("The list of what is plugged in", () => {
  it("is told at first and whenever it has changed, and not when it has not", async () => {
    let seen: readonly Sighting[] = [];
    const { told, plug } = finderOver(() => seen);
    await vi.waitFor(() => expect(told).toEqual([[]]));
    plug();
    seen = [adapter];
    plug();
    await vi.waitFor(() => expect(told).toEqual([[], [{ ...adapter, busyBy: null }]]));
  });

  it("says which of it the till uses, by path or by what the device says of itself", async () => {
    const { finder, told } = finderOver(() => [adapter]);
    await vi.waitFor(() => expect(told.at(-1)?.[0]?.busyBy).toBe(null));
    finder.use(scannerWith({ path: "/dev/ttyUSB0" }));
    expect(told.at(-1)?.[0]?.busyBy).toBe("counter");
    finder.use(scannerWith({ path: "/dev/ttyUSB1" }));
    expect(told.at(-1)?.[0]?.busyBy).toBe(null);
    finder.use(scannerWith({ identity }));
    expect(told.at(-1)?.[0]?.busyBy).toBe("counter");
  });
});
