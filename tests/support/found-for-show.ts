import type { FoundDevice } from "#contract/devices/found.ts";

const common = { busyBy: null, permission: "ok", group: null } as const;

/** What lies on a counter before it is set up. */
export const foundForShow: readonly FoundDevice[] = [
  {
    ...{ ...common, kind: "serial", node: "/dev/ttyACM0", maker: "Honeywell", product: "Voyager 1450g" },
    identity: { vendorId: "0c2e", productId: "0b61", serial: "18047B0CC5", port: "1-1.2" },
  },
  {
    ...{ ...common, kind: "serial", node: "/dev/ttyUSB0", maker: null, product: "USB Serial" },
    identity: { vendorId: "1a86", productId: "7523", port: "1-1.3" },
    permission: "denied",
    group: "dialout",
  },
  {
    ...{ ...common, kind: "usb-printer", node: "/dev/usb/lp0", maker: "EPSON", product: "TM-T88V" },
    identity: { vendorId: "04b8", productId: "0202", serial: "J5QX012345", port: "1-2" },
  },
  {
    ...{ ...common, kind: "keyboard", node: "/dev/input/event7", maker: "Symbol", product: "Bar Code Scanner" },
    identity: { vendorId: "05e0", productId: "1200", port: "1-1.4" },
  },
];
