import { expect, it } from "vitest";
import { awayReasons } from "#contract/devices/reasons.ts";
import { FakeMachine } from "#tests/support/fake-machine.ts";
import { findOnLinux } from "../found/linux.ts";
import { openAtNode } from "./node-address.ts";
import type { LinkEvents, OpenedLink } from "./transport.ts";

const events: LinkEvents = { onBytes: () => {}, onEnd: () => {} };
const ch340 = { vendor: "1a86", product: "7523" };
const identity = { vendorId: "1a86", productId: "7523", port: "1-1.2" };

/** Opens on that machine and answers which node it was, below /dev. */
async function openedAt(machine: FakeMachine, address: Parameters<typeof openAtNode>[0]) {
  const nodes: string[] = [];
  const open = async (path: string): Promise<OpenedLink> => {
    nodes.push(path.replace(`${machine.place.dev}/`, ""));
    return { ok: true, link: { send: async () => {}, close: async () => {} } };
  };
  const opened = await openAtNode(address, "serial", open, () => findOnLinux(machine.place))(events);
  return { nodes, reason: opened.ok ? null : opened.reason };
}

it("a device known by its socket is opened under whatever number it has after each plug, and never in another socket", async () => {
  const machine = new FakeMachine();
  machine.serialPort("ttyUSB0", machine.usb("1-1.2", ch340));
  machine.serialPort("ttyUSB1", machine.usb("1-1.3", ch340));
  expect(await openedAt(machine, { identity })).toEqual({ nodes: ["ttyUSB0"], reason: null });

  const swapped = new FakeMachine();
  swapped.serialPort("ttyUSB0", swapped.usb("1-1.3", ch340));
  swapped.serialPort("ttyUSB1", swapped.usb("1-1.2", ch340));
  expect(await openedAt(swapped, { identity })).toEqual({ nodes: ["ttyUSB1"], reason: null });

  const moved = new FakeMachine();
  moved.serialPort("ttyUSB0", moved.usb("1-1.3", ch340));
  expect(await openedAt(moved, { identity })).toEqual({ nodes: [], reason: awayReasons.otherSocket });
  expect(await openedAt(new FakeMachine(), { identity })).toEqual({ nodes: [], reason: awayReasons.notPluggedIn });
});

it("a device known by its path is opened there, whatever is plugged in", async () => {
  expect(await openedAt(new FakeMachine(), { path: "/dev/ttyS0" })).toEqual({ nodes: ["/dev/ttyS0"], reason: null });
});
