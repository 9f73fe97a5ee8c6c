import { join } from "node:path";
import { permissionOf, type Place } from "./place.ts";
import { namesIn, type OnInterface } from "./sighting.ts";
import { readWord, shown, usbParentOf } from "./usb-parent.ts";

/** Printers of the USB printer class, as the kernel's usblp driver shows them: /dev/usb/lpN. */
export async function findUsbPrinters(place: Place): Promise<readonly OnInterface[]> {
  const folder = join(place.sys, "class", "usbmisc");
  const names = (await namesIn(folder)).filter((name) => /^lp\d+$/.test(name));
  const found = await Promise.all(names.map((name) => lookAt(join(folder, name), join(place.dev, "usb", name), place)));
  return found.filter((one) => one !== null);
}

async function lookAt(folder: string, node: string, place: Place): Promise<OnInterface | null> {
  const permission = await permissionOf(node, place);
  if (permission === null) return null;
  const device = join(folder, "device");
  const [usb, id] = await Promise.all([usbParentOf(device), readWord(join(device, "ieee1284_id"))]);
  // The printer's own words (IEEE 1284) name its model; those of USB are often the bridge chip's.
  const words = id === null ? new Map<string, string>() : wordsOf(id);
  return {
    usbInterface: usb?.usbInterface ?? null,
    sighting: {
      kind: "usb-printer",
      node,
      identity: usb?.identity ?? null,
      maker: words.get("MFG") ?? words.get("MANUFACTURER") ?? usb?.maker ?? null,
      product: words.get("MDL") ?? words.get("MODEL") ?? usb?.product ?? null,
      ...permission,
    },
  };
}

/** `MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;` by its keys. */
function wordsOf(id: string): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const part of id.split(";")) {
    const at = part.indexOf(":");
    const value = at > 0 ? shown(part.slice(at + 1)) : null;
    if (value !== null) words.set(part.slice(0, at).trim().toUpperCase(), value);
  }
  return words;
}
