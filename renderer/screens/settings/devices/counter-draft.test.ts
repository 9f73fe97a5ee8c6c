import { expect, it } from "vitest";
import { poleDisplayOnTill, scaleOnTill } from "#contract/config/devices.ts";
import { counterTrouble, newPole, newScale, serialPlace, type CounterDraft } from "./counter-draft.ts";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import type { FoundDevice } from "#contract/devices/found.ts";

const port: FoundDevice = {
  ...{ kind: "serial", node: "/dev/ttyUSB0", maker: null, product: null, busyBy: null, permission: "ok", group: null },
  identity: { vendorId: "1a86", productId: "7523", port: "1-1.3" },
};
const view = (found: readonly FoundDevice[]): DevicesView => {
  const nothing = { pairing: { kind: "none" }, testSheet: { kind: "none" }, drawer: null } as const;
  return { shop: "real", mayChange: true, devices: [], found, ...nothing };
};
const scaleAt = (found: readonly FoundDevice[], more: object = {}): CounterDraft => {
  const draft = newScale(view(found));
  if (draft.role !== "scale") throw new Error("no scale");
  return { ...draft, config: { ...draft.config, ...more } };
};

it("a new device is at the only free port, by what the port says of itself; where there are several, nowhere yet", () => {
  const draft = scaleAt([port]);
  expect(draft.config.transport).toEqual({ kind: "serial", identity: port.identity, flow: "none" });
  expect(scaleAt([port, { ...port, node: "/dev/ttyUSB1" }]).config.transport).toMatchObject({ kind: "tcp", host: "" });
  expect(
    scaleAt([
      { ...port, permission: "denied" },
      { ...port, kind: "keyboard" },
    ]).config.transport.kind,
  ).toBe("tcp");
  expect(serialPlace({ node: "/dev/ttyS0", identity: null })).toMatchObject({ path: "/dev/ttyS0" });
});

const line = { pattern: "SS,WWWWWWWWW UU", stable: "ST", over: "OL", end: "crlf", pollHex: "" } as const;

it.each([
  [{}, null],
  [{ maxGrams: 0 }, "scale.bad-max"],
  [{ maxGrams: 1_000_000 }, "scale.bad-max"],
  [{ minGrams: 0 }, "scale.bad-min"],
  [{ maxGrams: 100, minGrams: 100 }, "scale.min-over-max"],
  [{ divisionGrams: 1_001 }, "scale.bad-division"],
  [{ divisionGrams: undefined }, null],
  [{ protocol: "generic-line", line }, null],
  [{ protocol: "generic-line", line: { ...line, pattern: "no weight in it" } }, "scale.bad-pattern"],
  [{ protocol: "generic-line", line: { ...line, pattern: "WW,WW" } }, "scale.bad-pattern"],
  [{ protocol: "generic-line", line: { ...line, pollHex: "0F1" } }, "scale.bad-poll"],
  [{ transport: { kind: "tcp", host: "", port: 4001 } }, "counter.no-address"],
  [{ transport: { kind: "serial", path: "", flow: "none" } }, "counter.no-path"],
] as const)("a scale with %j can be saved exactly where terminal.json takes it (%s)", (more, trouble) => {
  const draft = scaleAt([port], more);
  expect(counterTrouble(draft)).toBe(trouble);
  // The page says more than the file: a smallest weight above the capacity weighs nothing.
  if (trouble !== "scale.min-over-max") expect(scaleOnTill.safeParse(draft.config).success).toBe(trouble === null);
});

it("a new pole display can be saved as it is once it has a place", () => {
  const draft = newPole(view([port]));
  expect(poleDisplayOnTill.safeParse(draft.config).success).toBe(true);
});
