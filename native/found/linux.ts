import { findHidScanners } from "./find-hid-scanners.ts";
import { findKeyboards } from "./find-keyboards.ts";
import { findSerialPorts } from "./find-serial-ports.ts";
import { findUsbPrinters } from "./find-usb-printers.ts";
import type { Place } from "./place.ts";
import type { OnInterface, Sighting } from "./sighting.ts";

/** A shop's machine has a dozen; a list of more is a machine of another sort. */
const MOST_DEVICES = 64;

/**
 * What is plugged in, from sysfs alone: no udev is asked, so it works in a bare system too. Things that vanish while they
 * are looked at are left out. Kind by kind, in the order of their nodes.
 */
export async function findOnLinux(place: Place): Promise<readonly Sighting[]> {
  const lists = await Promise.all([
    findSerialPorts(place),
    findUsbPrinters(place),
    findHidScanners(place),
    findKeyboards(place),
  ]);
  return withInterfaces(lists.flat()).slice(0, MOST_DEVICES);
}

/** Two nodes of one kind on one device share its name and socket: the interface tells them apart. */
function withInterfaces(seen: readonly OnInterface[]): readonly Sighting[] {
  return seen.map(({ sighting, usbInterface }) => {
    const { kind, identity } = sighting;
    if (identity === null || usbInterface === null) return sighting;
    const isOneOfSeveral = seen.some(
      ({ sighting: other }) => other !== sighting && other.kind === kind && other.identity?.port === identity.port,
    );
    if (!isOneOfSeveral) return sighting;
    return { ...sighting, identity: { ...identity, port: `${identity.port}:${usbInterface}` } };
  });
}
