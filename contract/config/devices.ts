import { z } from "zod";
import { oldTillSchema, poleDisplaySchema, scaleSchema } from "./counter-devices.ts";
import { hasOneAddress, nodeAddress, oneAddress } from "./node-address.ts";
import { printerProfiles, type PrinterProfileName } from "./printer-profiles.ts";
import { wedgeTransport } from "./wedge.ts";

export type { NodeAddress, UsbIdentity } from "./node-address.ts";

/** What hangs on a till: the `devices` section of terminal.json. The same rules as for the rest of that file. */

// Object.keys forgets which keys they are.
const profileNames = Object.keys(printerProfiles) as [PrinterProfileName, ...PrinterProfileName[]];

const serialKeys = z.strictObject({
  kind: z.literal("serial"),
  ...nodeAddress,
  baudRate: z.int().min(300).max(921_600).default(9600).describe("Bits per second"),
  dataBits: z
    .union([z.literal(7), z.literal(8)])
    .default(8)
    .describe("Bits of a character"),
  parity: z.enum(["none", "even", "odd"]).default("none").describe("As the device's manual says"),
  stopBits: z
    .union([z.literal(1), z.literal(2)])
    .default(1)
    .describe("As the device's manual says"),
  flow: z.enum(["none", "xonxoff", "rtscts"]).default("none").describe("Flow control"),
});
const serialTransport = serialKeys.refine(hasOneAddress, oneAddress);

const tcpTransport = z.strictObject({
  kind: z.literal("tcp"),
  host: z.string().min(1).max(253).describe("Host name or address"),
  port: z.int().min(1).max(65_535).describe("TCP port, 9100 for most printers"),
});

const usbTransport = z.strictObject({ kind: z.literal("usb"), ...nodeAddress }).refine(hasOneAddress, oneAddress);

const spoolerTransport = z.strictObject({
  kind: z.literal("spooler"),
  queue: z.string().min(1).max(220).describe("Windows: name of the printer's queue, as in the printer settings"),
});

const systemTransport = z.strictObject({
  kind: z.literal("system"),
  name: z
    .string()
    .max(220)
    .default("")
    .describe(
      "Name of a printer installed in the operating system, printed on through its driver; empty: the default one",
    ),
});

const hidTransport = z
  .strictObject({
    kind: z.literal("hid").describe("Linux: scanner in HID-POS mode, e.g. /dev/hidraw0"),
    ...nodeAddress,
  })
  .refine(hasOneAddress, oneAddress);

const keyboardTransport = z
  .strictObject({
    kind: z.literal("keyboard").describe("Linux: scanner that types, e.g. /dev/input/event5; taken for the till alone"),
    ...nodeAddress,
  })
  .refine(hasOneAddress, oneAddress);

const virtualTransport = z.strictObject({
  kind: z.literal("virtual").describe("No hardware: receipts are kept and shown on the screen only"),
});

/** One scanner of terminal.json, by itself. */
export const scannerSchema = z.strictObject({
  id: z.string().min(1).max(32).describe("Name of this scanner in messages and logs"),
  transport: z.discriminatedUnion("kind", [
    serialTransport,
    tcpTransport,
    hidTransport,
    keyboardTransport,
    wedgeTransport,
  ]),
  prefix: z.string().max(8).default("").describe("Characters the scanner sends before each code"),
});

const allPrinterKeys = z.strictObject({
  id: z.string().min(1).max(32).describe("Name of this printer in messages and logs"),
  transport: z.discriminatedUnion("kind", [
    serialTransport,
    tcpTransport,
    usbTransport,
    spoolerTransport,
    systemTransport,
    virtualTransport,
  ]),
  profile: z
    .enum(profileNames)
    .optional()
    .describe("Kind of printer: fills in what the keys below do not say; without one they have the defaults shown"),
  columns: z
    .union([z.literal(48), z.literal(42), z.literal(32)])
    .default(48)
    .describe("48 for 80 mm paper, 42 for 80 mm heads of 512 dots, 32 for 58 mm"),
  chinese: z
    .enum(["gb18030", "gbk", "big5", "none"])
    .default("gb18030")
    .describe("Chinese encoding of the printer's firmware; with none the till draws Chinese lines as pictures"),
  fourByte: z.boolean().default(false).describe("Whether its font has the four-byte characters of GB 18030"),
  codePage: z
    .enum(["none", "pc437", "pc850", "wpc1252"])
    .default("none")
    .describe("Page of one-byte letters (ñ, ö, ß) the printer is switched to for those its Chinese font has not"),
  otherCharacters: z
    .enum(["raster", "mark"])
    .default("raster")
    .describe("A line with a character the printer has not: drawn as a picture, or the character shown as 〓"),
  qr: z
    .enum(["native", "raster", "none"])
    .default("native")
    .describe("Whether the printer draws QR codes itself, the till does, or nobody"),
  barcode: z.enum(["native", "raster"]).default("native").describe("Whether the printer draws Code 128 itself"),
  cut: z.enum(["partial", "full", "none"]).default("partial").describe("How a receipt is cut off"),
  answersStatus: z.boolean().default(true).describe("Whether the printer answers DLE EOT status requests"),
  confirms: z
    .enum(["auto", "never"])
    .default("auto")
    .describe("Whether it may be asked to say when all is on paper (GS ( H); never for models that print the question"),
  logo: z
    .string()
    .max(256)
    .default("")
    .describe("PNG at the head of receipts; relative to the data directory. Empty: none"),
  drawer: z
    .strictObject({
      pin: z
        .union([z.literal(2), z.literal(5)])
        .default(2)
        .describe("Drawer connector pin"),
      onMs: z.int().min(2).max(510).default(50).describe("Pulse length in milliseconds"),
      offMs: z.int().min(2).max(510).default(500).describe("Pause after the pulse in milliseconds"),
      sensor: z
        .enum(["none", "high-is-open", "low-is-open"])
        .default("none")
        .describe("What the drawer's switch says on pin 3 when it is open; found out at set-up"),
    })
    .optional()
    .describe("The cash drawer that hangs on this printer"),
});

const printerKeys = allPrinterKeys.refine(
  ({ transport, drawer }) => transport.kind !== "system" || drawer === undefined,
  { message: "a printer of the operating system opens no drawer: leave `drawer` out", path: ["drawer"] },
);

/** A printer as terminal.json words it: what its profile says stands wherever the file says nothing. */
export const printerSchema = z.preprocess((given: z.input<typeof printerKeys>): unknown => {
  // Anything may stand in a file: what is no object, or names no profile we have, is refused by the schema itself.
  const named = given?.profile;
  const isProfile = typeof named === "string" && Object.hasOwn(printerProfiles, named);
  return isProfile ? { ...printerProfiles[named], ...given } : given;
}, printerKeys);

/** A serial line whose settings, where they are left out, are those of the device's protocol. */
const protocolSerialKeys = serialKeys.extend({
  baudRate: z.int().min(300).max(921_600).optional().describe("Bits per second; left out: the protocol's own"),
  dataBits: z
    .union([z.literal(7), z.literal(8)])
    .optional()
    .describe("Left out: the protocol's own"),
  parity: z.enum(["none", "even", "odd"]).optional().describe("Left out: the protocol's own"),
  stopBits: z
    .union([z.literal(1), z.literal(2)])
    .optional()
    .describe("Left out: the protocol's own"),
});
const counterTransport = z.discriminatedUnion("kind", [
  protocolSerialKeys.refine(hasOneAddress, oneAddress),
  tcpTransport,
]);

/** The scale of terminal.json, by itself, the pole display, and the old till. */
export const scaleOnTill = scaleSchema(counterTransport);
export const poleDisplayOnTill = poleDisplaySchema(counterTransport);
export const oldTillOnTill = oldTillSchema(counterTransport);

export const devicesSchema = z.strictObject({
  scanners: z
    .array(scannerSchema)
    .max(8)
    // Keys do not say which keyboard they come from.
    .refine((all) => all.filter(({ transport }) => transport.kind === "wedge").length <= 1, {
      message: "only one scanner may be a wedge",
    })
    .default([])
    .describe("Any of them may be scanned with"),
  printer: printerSchema.optional().describe("The receipt printer; without one receipts are shown on the screen"),
  scale: scaleOnTill.optional().describe("Asked for the weight of what is sold by the kilogram"),
  poleDisplay: poleDisplayOnTill.optional().describe("The customer's line display on a pole"),
  oldTill: oldTillOnTill
    .optional()
    .describe('An old till that pays by this one over a serial line: docs/LEGACY.md, "Serial frame"'),
});

export type DevicesConfig = z.infer<typeof devicesSchema>;
export type ScannerConfig = DevicesConfig["scanners"][number];
export type ScaleConfig = NonNullable<DevicesConfig["scale"]>;
export type OldTillConfig = NonNullable<DevicesConfig["oldTill"]>;
export type PoleDisplayConfig = NonNullable<DevicesConfig["poleDisplay"]>;
/** A scanner that types into the till's own window. */
export type WedgeScannerConfig = ScannerOf<"wedge">;
/** All others: the device host holds them. */
export type HostScannerConfig = ScannerOf<Exclude<ScannerConfig["transport"]["kind"], "wedge">>;
type ScannerOf<Kind> = Omit<ScannerConfig, "transport"> & {
  readonly transport: Extract<ScannerConfig["transport"], { kind: Kind }>;
};
export type PrinterConfig = NonNullable<DevicesConfig["printer"]>;
