import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { permissionOf, type Place } from "./place.ts";
import { namesIn, type OnInterface } from "./sighting.ts";
import { usagePages } from "./usage-pages.ts";
import { shown, usbParentOf } from "./usb-parent.ts";

/** Barcode scanner page of the HID Point of Sale usage tables. */
const barcodeScannerPage = 0x8c;

/** Scanners in HID-POS mode: raw HID devices whose report descriptor speaks of the barcode scanner page. */
export async function findHidScanners(place: Place): Promise<readonly OnInterface[]> {
  const folder = join(place.sys, "class", "hidraw");
  const names = (await namesIn(folder)).filter((name) => /^hidraw\d+$/.test(name));
  const found = await Promise.all(names.map((name) => lookAt(join(folder, name), join(place.dev, name), place)));
  return found.filter((one) => one !== null);
}

async function lookAt(folder: string, node: string, place: Place): Promise<OnInterface | null> {
  const device = join(folder, "device");
  const descriptor = await readFile(join(device, "report_descriptor")).catch(() => null);
  if (descriptor === null || !usagePages(descriptor).has(barcodeScannerPage)) return null;
  const permission = await permissionOf(node, place);
  if (permission === null) return null;
  const [usb, uevent] = await Promise.all([
    usbParentOf(device),
    readFile(join(device, "uevent"), "utf8").catch(() => ""),
  ]);
  const name = shown(/^HID_NAME=(.*)$/m.exec(uevent)?.[1] ?? "");
  return {
    usbInterface: usb?.usbInterface ?? null,
    sighting: {
      kind: "hid-scanner",
      node,
      identity: usb?.identity ?? null,
      maker: usb?.maker ?? null,
      product: usb?.product ?? name,
      ...permission,
    },
  };
}
