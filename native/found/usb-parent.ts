import { readFile, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { UsbIdentity } from "#contract/config/devices.ts";

/** A device's own words go on a screen: cut, and without what no screen shows. */
const LONGEST_WORDS = 64;
/** Root hub, hubs (USB allows five tiers), device, interface, port, class folder: no node is deeper below its device. */
const MOST_STEPS_UP = 16;

export interface UsbParent {
  readonly identity: UsbIdentity;
  readonly maker: string | null;
  readonly product: string | null;
  /** The interface on the way, such as `1.1` of `1-1.4:1.1`; null where the node hangs on the device itself. */
  readonly usbInterface: string | null;
}

/**
 * The USB device that a folder of sysfs belongs to: the nearest one above it that names vendor and product. Its folder's
 * name is the socket (`1-1.4`: bus 1, port 1, port 4 of a hub). Null for what is not on USB, or has just been pulled.
 */
export async function usbParentOf(folder: string): Promise<UsbParent | null> {
  let at = await realpath(folder).catch(() => null);
  let usbInterface: string | null = null;
  for (let step = 0; at !== null && step < MOST_STEPS_UP; step += 1) {
    usbInterface ??= /^[\d.-]+:(\d+\.\d+)$/.exec(basename(at))?.[1] ?? null;
    const [vendorId, productId] = await Promise.all([readWord(join(at, "idVendor")), readWord(join(at, "idProduct"))]);
    if (vendorId !== null && productId !== null) {
      const [serial, maker, product] = await Promise.all(
        ["serial", "manufacturer", "product"].map((name) => readWord(join(at ?? "", name))),
      );
      const identity = {
        vendorId: vendorId.toLowerCase(),
        productId: productId.toLowerCase(),
        ...(serial === null || serial === undefined ? {} : { serial }),
        port: basename(at),
      };
      return { identity, maker: maker ?? null, product: product ?? null, usbInterface };
    }
    const above = dirname(at);
    at = above === at ? null : above;
  }
  return null;
}

/** One attribute of sysfs, fit for a screen; null where it is not there or empty. */
export async function readWord(path: string): Promise<string | null> {
  const text = await readText(path);
  return text === null ? null : shown(text);
}

/** One attribute of sysfs as it is, without the end of its line. */
export async function readText(path: string): Promise<string | null> {
  const text = await readFile(path, "utf8").catch(() => null);
  return text === null ? null : text.trim();
}

/** What a device says, fit for a screen. */
export function shown(text: string): string | null {
  // oxlint-disable-next-line no-control-regex -- control characters are the subject
  const words = text.replace(/[\u0000-\u001f\u007f-\u009f\ufffd]/g, " ").trim();
  return words === "" ? null : words.slice(0, LONGEST_WORDS);
}
