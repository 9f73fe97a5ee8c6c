import { SerialPort } from "serialport";
import type { Sighting } from "../found/sighting.ts";
import { shown } from "../found/usb-parent.ts";

/**
 * The serial ports as the operating system lists them, for Windows and macOS; on Linux sysfs is read instead, because
 * this list needs udevadm there. Other kinds of devices are not listed: HID must not be polled (node-hid says so).
 */
export async function listSerialPorts(): Promise<readonly Sighting[]> {
  const ports = await SerialPort.list();
  return ports
    .filter(({ path }) => !path.startsWith("/dev/tty."))
    .map(({ path, vendorId, productId, serialNumber, locationId, manufacturer, pnpId }) => ({
      kind: "serial" as const,
      node: path,
      identity: identityOf(vendorId, productId, serialNumber, locationId ?? pnpId),
      maker: shown(manufacturer ?? ""),
      product: null,
      permission: "ok" as const,
      group: null,
    }));
}

function identityOf(
  vendorId: string | undefined,
  productId: string | undefined,
  serial: string | undefined,
  port: string | undefined,
): Sighting["identity"] {
  if (vendorId === undefined || productId === undefined) return null;
  const where = port === undefined ? {} : { port: port.slice(-64) };
  // Windows makes up a serial number from the socket where the device has none: those have an ampersand.
  const who = serial === undefined || serial.includes("&") ? {} : { serial };
  if (!("port" in where) && !("serial" in who)) return null;
  return { vendorId: vendorId.toLowerCase(), productId: productId.toLowerCase(), ...who, ...where };
}
