import type { UsbIdentity } from "#contract/config/devices.ts";

/** What a thing at this machine probably is; a keyboard may be a scanner that types. */
export type FoundKind = "serial" | "usb-printer" | "hid-scanner" | "keyboard" | "system-printer";

/** Something plugged in that the till could use, whether it does or not. */
export interface FoundDevice {
  readonly kind: FoundKind;
  /**
   * Device node or port name of this moment, such as `/dev/ttyUSB0`; another one after the next plug. Of a printer of the
   * operating system the name that system knows it by.
   */
  readonly node: string;
  /** Null for what is not on USB: a port of the machine itself, Bluetooth. */
  readonly identity: UsbIdentity | null;
  /** As the device says it, at most 64 characters; null where it says nothing. */
  readonly maker: string | null;
  readonly product: string | null;
  /** The configured device that it is; null while it is free. */
  readonly busyBy: string | null;
  /** `denied`: this user may not open it. `group`: whose members may, where that is known. */
  readonly permission: "ok" | "denied";
  readonly group: string | null;
}
