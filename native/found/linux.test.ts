import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findOnLinux } from "./linux.ts";
import {
  bootKeyboardDescriptor,
  FakeMachine,
  hidPosDescriptor,
  keyboardKeys,
  mouseKeys,
} from "#tests/support/fake-machine.ts";

const ch340 = { vendor: "1a86", product: "7523", name: "USB Serial" };

/** What is found, with nodes as they are named below /dev. */
async function found({ place }: FakeMachine) {
  const devices = await findOnLinux(place);
  return devices.map((device) => ({ ...device, node: device.node.slice(place.dev.length + 1) }));
}

describe("What is plugged into a Linux machine", () => {
  it("is nothing where sysfs shows nothing", async () => {
    expect(await found(new FakeMachine())).toEqual([]);
  });

  it("is an FTDI adapter with its serial number, behind a hub whose own name is not taken for it", async () => {
    const machine = new FakeMachine();
    const adapter = machine.usb("1-1.4", {
      vendor: "0403",
      product: "6001",
      serial: "A50285BI",
      maker: "FTDI",
      name: "FT232R USB UART",
    });
    machine.serialPort("ttyUSB0", adapter);
    expect(await found(machine)).toEqual([
      {
        kind: "serial",
        node: "ttyUSB0",
        identity: { vendorId: "0403", productId: "6001", serial: "A50285BI", port: "1-1.4" },
        maker: "FTDI",
        product: "FT232R USB UART",
        permission: "ok",
        group: null,
      },
    ]);
  });

  it("is a CDC scanner, and ports of the board that it has, but no console and no port it only could have", async () => {
    const machine = new FakeMachine();
    machine.serialPort("ttyS0", null, { type: "4" });
    machine.serialPort("ttyS1", null, { type: "0" });
    machine.serialPort("ttyprintk", null);
    machine.serialPort("ttyGS0", null);
    const scanner = machine.usb("2-3", {
      vendor: "0c2e",
      product: "0b61",
      serial: "18047B0CC5",
      maker: "Honeywell",
      name: "1900 Area-Imaging",
    });
    machine.serialPort("ttyACM0", scanner);
    const devices = await found(machine);
    expect(devices.map(({ node, identity, maker }) => ({ node, identity, maker }))).toEqual([
      {
        node: "ttyACM0",
        identity: { vendorId: "0c2e", productId: "0b61", serial: "18047B0CC5", port: "2-3" },
        maker: "Honeywell",
      },
      { node: "ttyS0", identity: null, maker: null },
    ]);
  });

  it("are two CH340 without serial numbers, told apart by their sockets", async () => {
    const machine = new FakeMachine();
    machine.serialPort("ttyUSB1", machine.usb("1-1.2", ch340));
    machine.serialPort("ttyUSB0", machine.usb("1-1.3", ch340));
    expect((await found(machine)).map(({ node, identity }) => [node, identity])).toEqual([
      ["ttyUSB0", { vendorId: "1a86", productId: "7523", port: "1-1.3" }],
      ["ttyUSB1", { vendorId: "1a86", productId: "7523", port: "1-1.2" }],
    ]);
  });

  it("are both ports of one adapter, told apart by their interfaces", async () => {
    const machine = new FakeMachine();
    const adapter = machine.usb("1-2", { vendor: "0403", product: "6010", serial: "FT4ABC" });
    machine.serialPort("ttyUSB0", adapter, { usbInterface: "1.0" });
    machine.serialPort("ttyUSB1", adapter, { usbInterface: "1.1" });
    expect((await found(machine)).map(({ identity }) => identity?.port)).toEqual(["1-2:1.0", "1-2:1.1"]);
  });

  it("is a USB printer by its own words, and by those of USB where it has none", async () => {
    const machine = new FakeMachine();
    const epson = machine.usb("1-3", {
      vendor: "04b8",
      product: "0202",
      serial: "J5QX",
      maker: "EPSON",
      name: "UB-U03II",
    });
    machine.printer(0, epson, "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;");
    machine.printer(1, machine.usb("1-4", { vendor: "0416", product: "5011", name: "USB Portable Printer" }), null);
    expect((await found(machine)).map(({ kind, node, maker, product }) => [kind, node, maker, product])).toEqual([
      ["usb-printer", "usb/lp0", "EPSON", "TM-T88V"],
      ["usb-printer", "usb/lp1", null, "USB Portable Printer"],
    ]);
  });

  it("is a scanner in HID-POS mode, and no keyboard in whose descriptor the page's number is only data", async () => {
    const machine = new FakeMachine();
    machine.hid(
      0,
      machine.usb("1-5", { vendor: "0c2e", product: "0b61", serial: "1" }),
      hidPosDescriptor,
      "Honeywell 1900",
    );
    machine.hid(1, machine.usb("1-6", { vendor: "046d", product: "c31c" }), bootKeyboardDescriptor, "Keyboard");
    expect((await found(machine)).map(({ kind, node, product }) => [kind, node, product])).toEqual([
      ["hid-scanner", "hidraw0", "Honeywell 1900"],
    ]);
  });

  it("is what types on USB or Bluetooth: no mouse, no built-in keyboard", async () => {
    const machine = new FakeMachine();
    const scanner = machine.usb("1-7", { vendor: "05e0", product: "1200", maker: "Symbol", name: "Bar Code Scanner" });
    machine.input(4, scanner, { name: "Symbol Bar Code Scanner", keys: keyboardKeys });
    machine.input(5, machine.usb("1-8", { vendor: "046d", product: "c077" }), { name: "Mouse", keys: mouseKeys });
    machine.input(0, null, { name: "AT Translated Set 2 keyboard", keys: keyboardKeys, bus: "0011" });
    machine.input(6, null, { name: "BT Scanner", keys: keyboardKeys, bus: "0005" });
    expect((await found(machine)).map(({ kind, node, product }) => [kind, node, product])).toEqual([
      ["keyboard", "input/event4", "Bar Code Scanner"],
      ["keyboard", "input/event6", "BT Scanner"],
    ]);
  });

  it("says which may not be opened, and whose group may", async () => {
    const machine = new FakeMachine();
    machine.serialPort("ttyUSB0", machine.usb("1-1", ch340));
    machine.forbidden.add(join(machine.place.dev, "ttyUSB0"));
    expect((await found(machine)).map(({ permission, group }) => [permission, group])).toEqual([["denied", "root"]]);
  });

  it("is cut and cleaned where a device calls itself something long or unprintable", async () => {
    const machine = new FakeMachine();
    machine.serialPort("ttyUSB0", machine.usb("1-1", { ...ch340, maker: "\u0001\u001b[2J", name: "x".repeat(300) }));
    expect((await found(machine)).map(({ maker, product }) => [maker, product])).toEqual([["[2J", "x".repeat(64)]]);
  });
});
