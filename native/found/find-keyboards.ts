import { join } from "node:path";
import { permissionOf, type Place } from "./place.ts";
import { namesIn, type OnInterface } from "./sighting.ts";
import { readText, readWord, usbParentOf } from "./usb-parent.ts";

/** input.h: BUS_USB and BUS_BLUETOOTH. What is soldered to the board (i8042, power buttons) is no scanner. */
const buses = new Set(["0003", "0005"]);
/** input-event-codes.h: a scanner that types needs the digits KEY_1 (2) to KEY_0 (11) and KEY_ENTER (28). */
const neededKeys = ((1n << 12n) - (1n << 2n)) | (1n << 28n);

/** Everything that types: keyboards, and scanners that pretend to be one. Which of the two it is, a scan tells. */
export async function findKeyboards(place: Place): Promise<readonly OnInterface[]> {
  const folder = join(place.sys, "class", "input");
  const names = (await namesIn(folder)).filter((name) => /^event\d+$/.test(name));
  const found = await Promise.all(
    names.map((name) => lookAt(join(folder, name), join(place.dev, "input", name), place)),
  );
  return found.filter((one) => one !== null);
}

async function lookAt(folder: string, node: string, place: Place): Promise<OnInterface | null> {
  const device = join(folder, "device");
  const [keys, bus] = await Promise.all([
    readText(join(device, "capabilities", "key")),
    readWord(join(device, "id", "bustype")),
  ]);
  if (keys === null || bus === null || !buses.has(bus) || !canType(keys)) return null;
  const permission = await permissionOf(node, place);
  if (permission === null) return null;
  const [usb, name] = await Promise.all([usbParentOf(device), readWord(join(device, "name"))]);
  return {
    usbInterface: usb?.usbInterface ?? null,
    sighting: {
      kind: "keyboard",
      node,
      identity: usb?.identity ?? null,
      maker: usb?.maker ?? null,
      product: usb?.product ?? name,
      ...permission,
    },
  };
}

/** The bitmap is written in words of hex, the lowest last; the keys asked for all stand in that one. */
function canType(bitmap: string): boolean {
  const lowest = bitmap.split(" ").at(-1) ?? "";
  if (!/^[0-9a-f]{1,16}$/i.test(lowest)) return false;
  return (BigInt(`0x${lowest}`) & neededKeys) === neededKeys;
}
