import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { onTestFinished } from "vitest";
import type { Place } from "#native/found/place.ts";

interface UsbFacts {
  readonly vendor: string;
  readonly product: string;
  readonly serial?: string;
  readonly maker?: string;
  readonly name?: string;
}

interface InputFacts {
  readonly name: string;
  readonly keys: string;
  readonly bus?: string;
}

/** A machine's /sys and /dev as the kernel lays them out, in a folder of their own. */
export class FakeMachine {
  readonly place: Place;
  /** Nodes this user may not open. */
  readonly forbidden = new Set<string>();
  readonly #sys: string;
  readonly #dev: string;

  constructor() {
    const root = mkdtempSync(join(tmpdir(), "tillway-sysfs-"));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    this.#sys = join(root, "sys");
    this.#dev = join(root, "dev");
    mkdirSync(this.#dev);
    mkdirSync(join(this.#sys, "class"), { recursive: true });
    write(join(root, "group"), "root:x:0:\ndialout:x:20:\n");
    const mayOpen = async (node: string): Promise<boolean> => !this.forbidden.has(node);
    this.place = { sys: this.#sys, dev: this.#dev, groupFile: join(root, "group"), mayOpen };
  }

  /** Plugs a USB device in and answers its folder. */
  usb(socket: string, { vendor, product, serial, maker, name }: UsbFacts): string {
    const hubs = socket.includes(".") ? [socket.split(".")[0] ?? ""] : [];
    const folder = join(this.#sys, "devices", "pci0000:00", "0000:00:14.0", `usb${socket[0]}`, ...hubs, socket);
    // The hub has a name of its own, which must not be taken for the device's.
    for (const _hub of hubs) {
      write(join(dirname(folder), "idVendor"), "05e3\n");
      write(join(dirname(folder), "idProduct"), "0608\n");
    }
    write(join(folder, "idVendor"), `${vendor}\n`);
    write(join(folder, "idProduct"), `${product}\n`);
    if (serial !== undefined) write(join(folder, "serial"), `${serial}\n`);
    if (maker !== undefined) write(join(folder, "manufacturer"), `${maker}\n`);
    if (name !== undefined) write(join(folder, "product"), `${name}\n`);
    return folder;
  }

  /** Null: a port of the board itself. `type`: what the UART is, 0 for none. */
  serialPort(name: string, usbFolder: string | null, on: { usbInterface?: string; type?: string } = {}): void {
    write(join(this.#dev, name), "");
    const board = join(this.#sys, "devices", "platform", "serial8250");
    // The driver of USB adapters puts a device of its own between interface and tty; that of CDC modems does not.
    const part = usbFolder === null ? board : interfaceOf(usbFolder, on.usbInterface);
    const device = usbFolder !== null && name.startsWith("ttyUSB") ? join(part, name) : part;
    this.#classEntry("tty", name, device);
    if (on.type !== undefined) write(join(device, "tty", name, "type"), `${on.type}\n`);
  }

  printer(number: number, usbFolder: string, ieee1284: string | null): void {
    write(join(this.#dev, "usb", `lp${number}`), "");
    const device = interfaceOf(usbFolder);
    if (ieee1284 !== null) write(join(device, "ieee1284_id"), `${ieee1284}\n`);
    this.#classEntry("usbmisc", `lp${number}`, device);
  }

  hid(number: number, usbFolder: string, descriptor: readonly number[], name: string): void {
    write(join(this.#dev, `hidraw${number}`), "");
    const device = join(interfaceOf(usbFolder), `0003:0C2E:0B61.000${number}`);
    write(join(device, "report_descriptor"), Uint8Array.from(descriptor));
    write(join(device, "uevent"), `DRIVER=hid-generic\nHID_ID=0003:00000C2E:00000B61\nHID_NAME=${name}\n`);
    this.#classEntry("hidraw", `hidraw${number}`, device);
  }

  input(number: number, usbFolder: string | null, { name, keys, bus = "0003" }: InputFacts): void {
    write(join(this.#dev, "input", `event${number}`), "");
    const above = usbFolder === null ? join(this.#sys, "devices", "platform", "i8042") : interfaceOf(usbFolder);
    const device = join(above, "input", `input${number}`);
    write(join(device, "name"), `${name}\n`);
    write(join(device, "id", "bustype"), `${bus}\n`);
    write(join(device, "capabilities", "key"), `${keys}\n`);
    const folder = join(device, `event${number}`);
    mkdirSync(folder, { recursive: true });
    link(join(folder, "device"), device);
    link(join(this.#sys, "class", "input", `event${number}`), folder);
  }

  /** A class entry is a link to a folder below its device, which points back at the device. */
  #classEntry(className: string, name: string, device: string): void {
    const folder = join(device, className, name);
    mkdirSync(folder, { recursive: true });
    link(join(folder, "device"), device);
    link(join(this.#sys, "class", className, name), folder);
  }
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function link(from: string, to: string): void {
  mkdirSync(dirname(from), { recursive: true });
  symlinkSync(relative(dirname(from), to), from);
}

function interfaceOf(usbFolder: string, number = "1.0"): string {
  const folder = join(usbFolder, `${usbFolder.split("/").at(-1)}:${number}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** As a keyboard of 105 keys reports itself on a 64-bit kernel. */
export const keyboardKeys = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe";
/** A mouse: buttons only. */
export const mouseKeys = "1f0000 0 0 0 0";

/** Usage Page (Barcode Scanner), Usage (Barcode Scanner), Collection (Application) … as HID-POS scanners begin. */
export const hidPosDescriptor = [0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x02, 0x75, 0x08, 0x95, 0x38, 0xc0];
/** A boot keyboard's, in which 0x8c occurs as data and not as a page. */
export const bootKeyboardDescriptor = [
  0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x26, 0x8c, 0x00, 0x95, 0x8c, 0xc0,
];
