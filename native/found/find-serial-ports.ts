import { join } from "node:path";
import { permissionOf, type Place } from "./place.ts";
import { namesIn, type OnInterface } from "./sighting.ts";
import { readWord, usbParentOf } from "./usb-parent.ts";

/** Ports something can be plugged into. Consoles, gadget sides and pseudo-terminals are ttys too, and none of these. */
const portName = /^(?:ttyUSB|ttyACM|ttyS|ttyAMA|ttyXRUSB|ttyO|ttymxc|rfcomm)\d+$/;

/** Serial ports, on USB or of the machine itself. */
export async function findSerialPorts(place: Place): Promise<readonly OnInterface[]> {
  const folder = join(place.sys, "class", "tty");
  const names = (await namesIn(folder)).filter((name) => portName.test(name));
  const found = await Promise.all(names.map((name) => lookAt(join(folder, name), join(place.dev, name), place)));
  return found.filter((one) => one !== null);
}

async function lookAt(folder: string, node: string, place: Place): Promise<OnInterface | null> {
  const permission = await permissionOf(node, place);
  // The kernel makes nodes for ports the board could have; type 0 (PORT_UNKNOWN) is one it has not.
  if (permission === null || (await readWord(join(folder, "type"))) === "0") return null;
  const usb = await usbParentOf(join(folder, "device"));
  return {
    usbInterface: usb?.usbInterface ?? null,
    sighting: {
      kind: "serial",
      node,
      identity: usb?.identity ?? null,
      maker: usb?.maker ?? null,
      product: usb?.product ?? null,
      ...permission,
    },
  };
}
