import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the gadget calls itself; the device classes are the kernel's own (usblp, usbhid, cdc_acm) and look no further. */
export const gadgetIds = { vendorId: "04b8", productId: "0e15", serial: "TILL0001" } as const;

const gadget = "/sys/kernel/config/usb_gadget/till";
const config = join(gadget, "configs/c.1");

/** HID 1.11, appendix E.6: a boot keyboard. */
const keyboardDescriptor = Buffer.from(
  "05010906a101050719e029e71500250175019508810295017508810395057501050819012905910295017503910395067508150025650507190029658100c0",
  "hex",
);
/** HID Point of Sale Usage Tables 1.02: bar code scanner (0x8C/0x02), report 2 of 63 bytes. */
const scannerDescriptor = Buffer.from("058c0902a101850209fe150026ff007508953f8102c0", "hex");

/** One USB device with four functions, made of the kernel's gadget framework, not plugged in yet. */
export function buildGadget(): void {
  mkdirSync(gadget);
  set(gadget, { idVendor: "0x04b8", idProduct: "0x0e15", bcdUSB: "0x0200", bDeviceClass: "0x00" });
  make(join(gadget, "strings/0x409"), {
    manufacturer: "EPSON",
    product: "TM-T88V and more",
    serialnumber: gadgetIds.serial,
  });
  make(config, { MaxPower: "100" });
  add("printer.lp", { pnp_string: "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;", q_len: "10" });
  add("hid.kbd", { protocol: "1", subclass: "1", report_length: "8", report_desc: keyboardDescriptor });
  add("hid.pos", { protocol: "0", subclass: "0", report_length: "64", report_desc: scannerDescriptor });
  add("acm.s0", {});
}

/** Puts the plug into the socket for the first time. */
export function plugInGadget(): void {
  const [controller] = readdirSync("/sys/class/udc");
  if (controller === undefined) throw new Error("no USB device controller: dummy_hcd is not loaded");
  writeFileSync(join(gadget, "UDC"), controller);
}

/** Pulls the cable, or puts it in again: to the drivers it is the same, and the gadget's own side stays open. */
export function authorize(isPluggedIn: boolean): void {
  writeFileSync(join("/sys/bus/usb/devices", devicePath(), "authorized"), isPluggedIn ? "1" : "0");
}

/** The byte that the printer's port answers with from now on. `far` is the gadget's own side, open. */
export function setPortStatus(far: number, status: number): void {
  // GADGET_SET_PRINTER_STATUS of linux/usb/g_printer.h; Node has no ioctl, and perl is in every Debian.
  execFileSync("perl", ["-e", "defined ioctl(STDIN, 0xC0016722, $ARGV[0] + 0) or die $!", String(status)], {
    stdio: [far, "inherit", "inherit"],
  });
}

/** The device file of the gadget's side of a function: /dev/hidg0 and its like. */
export function farSide(name: "kbd" | "pos"): string {
  const [major = "", minor = ""] = readFileSync(join(gadget, `functions/hid.${name}/dev`), "utf8")
    .trim()
    .split(":");
  const found = readdirSync("/sys/class/hidg").find(
    (entry) => readFileSync(`/sys/class/hidg/${entry}/dev`, "utf8").trim() === `${major}:${minor}`,
  );
  return `/dev/${found ?? "hidg-missing"}`;
}

function devicePath(): string {
  const found = readdirSync("/sys/bus/usb/devices").find((name) => {
    try {
      return readFileSync(`/sys/bus/usb/devices/${name}/serial`, "utf8").trim() === gadgetIds.serial;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error("the gadget is not on the bus");
  return found;
}

function add(name: string, attributes: Readonly<Record<string, string | Buffer>>): void {
  const folder = join(gadget, "functions", name);
  make(folder, attributes);
  symlinkSync(folder, join(config, name));
}

function make(folder: string, attributes: Readonly<Record<string, string | Buffer>>): void {
  mkdirSync(folder, { recursive: true });
  set(folder, attributes);
}

function set(folder: string, attributes: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, value] of Object.entries(attributes)) writeFileSync(join(folder, name), value);
}
