import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { UsbIdentity } from "#contract/config/devices.ts";
import { awayReasons } from "#contract/devices/reasons.ts";
import { resolveIdentity } from "./resolve-identity.ts";
import type { Sighting } from "./sighting.ts";

const ch340 = { vendorId: "1a86", productId: "7523" };

function seen(node: string, identity: UsbIdentity, kind: Sighting["kind"] = "serial"): Sighting {
  return { kind, node, identity, maker: null, product: null, permission: "ok", group: null };
}

describe("A device known by what it says of itself", () => {
  it("with a serial number is found in whatever socket it is", () => {
    const identity = { ...ch340, serial: "A", port: "1-1" };
    expect(
      resolveIdentity(identity, "serial", [seen("/dev/ttyUSB7", { ...ch340, serial: "A", port: "3-2.1" })]),
    ).toEqual({
      ok: true,
      node: "/dev/ttyUSB7",
    });
  });

  it("without one is away in another socket, and says so", () => {
    const identity = { ...ch340, port: "1-1.2" };
    const elsewhere = [seen("/dev/ttyUSB0", { ...ch340, port: "1-1.3" })];
    expect(resolveIdentity(identity, "serial", elsewhere)).toEqual({ ok: false, reason: awayReasons.otherSocket });
    expect(resolveIdentity(identity, "serial", [])).toEqual({ ok: false, reason: awayReasons.notPluggedIn });
  });

  it("is never another kind of device, model or serial number", () => {
    const identity = { ...ch340, serial: "A", port: "1-1" };
    const others = [
      seen("/dev/usb/lp0", identity, "usb-printer"),
      seen("/dev/ttyUSB0", { ...identity, productId: "5523" }),
      seen("/dev/ttyUSB1", { ...identity, serial: "B" }),
      seen("/dev/ttyUSB2", { ...ch340, port: "1-1" }),
    ];
    expect(resolveIdentity(identity, "serial", others)).toEqual({ ok: false, reason: awayReasons.notPluggedIn });
  });

  it("that shares its serial number with others is the one in its socket, or nobody", () => {
    const identity = { ...ch340, serial: "0001", port: "1-1" };
    const twins = [
      seen("/dev/ttyUSB0", { ...identity, port: "1-2" }),
      seen("/dev/ttyUSB1", { ...identity, port: "1-1" }),
    ];
    expect(resolveIdentity(identity, "serial", twins)).toEqual({ ok: true, node: "/dev/ttyUSB1" });
    const moved = resolveIdentity({ ...identity, port: "1-9" }, "serial", twins);
    expect(moved).toEqual({ ok: false, reason: awayReasons.severalAlike });
  });

  it("is the same of its two ports after it was moved", () => {
    const moved = ["1.0", "1.1"].map((part, at) =>
      seen(`/dev/ttyUSB${at}`, { ...ch340, serial: "A", port: `2-4:${part}` }),
    );
    const identity = { ...ch340, serial: "A", port: "1-1:1.1" };
    expect(resolveIdentity(identity, "serial", moved)).toEqual({ ok: true, node: "/dev/ttyUSB1" });
  });

  const identities = fc.record(
    {
      vendorId: fc.constantFrom("1a86", "0403"),
      productId: fc.constantFrom("7523", "6001"),
      serial: fc.constantFrom("A", "B"),
      port: fc.constantFrom("1-1", "1-2", "1-1:1.0", "1-1:1.1", "2-1:1.1"),
    },
    { requiredKeys: ["vendorId", "productId", "port"] },
  );

  it("is only ever one that agrees with all it is known by, whatever numbers the nodes have", () => {
    fc.assert(
      fc.property(identities, fc.uniqueArray(identities, { maxLength: 6 }), (identity, plugged) => {
        const list = plugged.map((one, at) => seen(`/dev/ttyUSB${at}`, one));
        const forwards = resolveIdentity(identity, "serial", list);
        const backwards = resolveIdentity(identity, "serial", list.toReversed());
        expect(backwards).toEqual(forwards);
        if (!forwards.ok) return;
        const chosen = list.find((one) => one.node === forwards.node)?.identity;
        expect(chosen).toMatchObject({ vendorId: identity.vendorId, productId: identity.productId });
        if (identity.serial === undefined) expect(chosen?.port).toBe(identity.port);
        else expect(chosen?.serial).toBe(identity.serial);
      }),
    );
  });
});
