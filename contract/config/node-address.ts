import { z } from "zod";

/** Which of the things at this machine a device is: by what it says of itself, never by the number its node happens to get. */

const fourHex = /^[0-9a-f]{4}$/;

/**
 * A USB device. With `serial` it is known wherever it is plugged in; `port` then only tells apart those that carry the
 * same. Without one it is known by its socket.
 */
const usbIdentity = z
  .strictObject({
    vendorId: z.string().regex(fourHex).describe("USB vendor, four lower-case hex digits"),
    productId: z.string().regex(fourHex).describe("USB product, four lower-case hex digits"),
    serial: z
      .string()
      .min(1)
      .max(126)
      .optional()
      .describe("USB serial number; with it the device may change its socket"),
    port: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .describe("USB socket such as `1-1.4`, with `:1.2` where one device has several ports"),
  })
  .refine((identity) => identity.serial !== undefined || identity.port !== undefined, {
    message: "needs serial or port",
    path: ["serial"],
  });

export type UsbIdentity = z.infer<typeof usbIdentity>;

/** The keys of a transport that leads to a device node. A transport that spreads them is refined with `hasOneAddress`. */
export const nodeAddress = {
  path: z.string().min(1).max(256).optional().describe("Device node, e.g. /dev/ttyUSB0 or COM5; or `identity` instead"),
  identity: usbIdentity
    .optional()
    .describe("The USB device, instead of a path that changes; the set-up page writes it"),
} as const;

/** What leads to a node: exactly one of the two is there. */
export interface NodeAddress {
  readonly path?: string | undefined;
  readonly identity?: UsbIdentity | undefined;
}

export function hasOneAddress(transport: NodeAddress): boolean {
  return (transport.path === undefined) !== (transport.identity === undefined);
}

export const oneAddress = { message: "needs path or identity, and not both", path: ["path"] };
