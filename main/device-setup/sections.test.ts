import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { devicesSchema, oldTillOnTill, printerSchema, scannerSchema } from "#contract/config/devices.ts";
import type { DeviceSection } from "#contract/config/device-sections.ts";
import { addressOf } from "./address-of.ts";
import { sectionsOf, withDevice, withoutDevice } from "./sections.ts";

const tcp = (port: number) => ({ kind: "tcp", host: "192.0.2.1", port }) as const;

function scanner(id: string, port: number): DeviceSection {
  return { role: "scanner", config: scannerSchema.parse({ id, transport: tcp(port) }) };
}

function printer(id: string): DeviceSection {
  return { role: "printer", config: printerSchema.parse({ id, transport: tcp(9_100) }) };
}

/** As a person wrote it: short, with a scanner of defaults. */
const byHand = { scanners: [{ id: "counter", transport: { kind: "serial", path: "/dev/ttyACM0" } }] };

describe("The devices of terminal.json", () => {
  it("are given another, and what was written of the others stays as it was", () => {
    const added = withDevice(byHand, scanner("two", 2));
    expect(added).toEqual({ scanners: [...byHand.scanners, scanner("two", 2).config] });
    expect(withDevice(added, printer("receipts"))).toEqual({ ...added, printer: printer("receipts").config });
    expect(withDevice(undefined, scanner("one", 1))).toEqual({ scanners: [scanner("one", 1).config] });
  });

  it("have one in its place changed, and a printer that gives way to another", () => {
    const two = withDevice(withDevice({}, scanner("one", 1)), scanner("two", 2));
    expect(withDevice(two, scanner("one", 9))).toEqual({
      scanners: [scanner("one", 9), scanner("two", 2)].map(({ config }) => config),
    });
    expect(withDevice(withDevice({}, printer("old")), printer("new"))).toEqual({ printer: printer("new").config });
  });

  it("have one old till, which is found again as it was entered", () => {
    const config = oldTillOnTill.parse({ id: "front", transport: tcp(4_001) });
    const all = withDevice(byHand, { role: "old-till", config });
    expect(all).toEqual({ ...byHand, oldTill: config });
    expect(sectionsOf(devicesSchema.parse(all)).at(-1)).toEqual({ role: "old-till", config });
    expect(withoutDevice(all, "old-till", "front")).toEqual(byHand);
  });

  it("lose one and no other", () => {
    const all = withDevice(withDevice(byHand, scanner("two", 2)), printer("receipts"));
    expect(withoutDevice(all, "scanner", "two")).toEqual({ ...byHand, printer: printer("receipts").config });
    expect(withoutDevice(all, "printer", "receipts")).toEqual(withDevice(byHand, scanner("two", 2)));
    expect(withoutDevice(all, "printer", "two")).toEqual(all);
  });

  it("can be read again as what was entered, whatever stood there before", () => {
    const names = fc.constantFrom("a", "b", "c");
    const change = fc.oneof(
      fc.tuple(names, fc.integer({ min: 1, max: 65_535 })).map(([id, port]) => scanner(id, port)),
      names.map(printer),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (sections) => {
        const written = sections.reduce<object>((devices, section) => withDevice(devices, section), {});
        const read = sectionsOf(devicesSchema.parse(JSON.parse(JSON.stringify(written))));
        const last = sections.at(-1);
        if (last !== undefined) expect(read).toContainEqual(last);
        expect(read.filter(({ role }) => role === "printer").length).toBeLessThanOrEqual(1);
        expect(new Set(read.map(({ role, config }) => `${role} ${config.id}`)).size).toBe(read.length);
      }),
    );
  });
});

describe("Where a device is", () => {
  it("is the same for one that was moved by its serial number, and another for another port of one adapter", () => {
    const at = (identity: object): string | null => {
      const config = scannerSchema.parse({ id: "one", transport: { kind: "serial", identity } });
      return addressOf({ role: "scanner", config });
    };
    const adapter = { vendorId: "0403", productId: "6010", serial: "A" };
    expect(at({ ...adapter, port: "1-1" })).toBe(at({ ...adapter, port: "2-4" }));
    expect(at({ ...adapter, port: "1-1:1.0" })).not.toBe(at({ ...adapter, port: "1-1:1.1" }));
    const alike = { vendorId: "1a86", productId: "7523" };
    expect(at({ ...alike, port: "1-1" })).not.toBe(at({ ...alike, port: "1-2" }));
  });
});

it("a transport names its device by a path or by what it says of itself, and not by both or neither", () => {
  const identity = { vendorId: "1a86", productId: "7523", port: "1-1" };
  const isTaken = (address: object): boolean =>
    scannerSchema.safeParse({ id: "one", transport: { kind: "serial", ...address } }).success;
  expect([{ path: "/dev/ttyS0" }, { identity }, {}, { path: "/dev/ttyS0", identity }].map(isTaken)).toEqual([
    ...[true, true, false, false],
  ]);
  expect(isTaken({ identity: { vendorId: "1a86", productId: "7523" } })).toBe(false);
  expect(isTaken({ identity: { ...identity, vendorId: "1A86" } })).toBe(false);
});
