import { z } from "zod";

/** What hangs on a till: the `devices` section of terminal.json. The same rules as for the rest of that file. */

const serialTransport = z.strictObject({
  kind: z.literal("serial"),
  path: z.string().min(1).max(256).describe("Serial device, e.g. /dev/ttyUSB0 or COM5"),
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

const tcpTransport = z.strictObject({
  kind: z.literal("tcp"),
  host: z.string().min(1).max(253).describe("Host name or address"),
  port: z.int().min(1).max(65_535).describe("TCP port, 9100 for most printers"),
});

const usbTransport = z.strictObject({
  kind: z.literal("usb"),
  path: z.string().min(1).max(256).describe("USB printer device node, e.g. /dev/usb/lp0"),
});

const spoolerTransport = z.strictObject({
  kind: z.literal("spooler"),
  queue: z.string().min(1).max(220).describe("Windows: name of the printer's queue, as in the printer settings"),
});

const hidTransport = z.strictObject({
  kind: z.literal("hid"),
  path: z.string().min(1).max(256).describe("Linux: scanner in HID-POS mode, e.g. /dev/hidraw0"),
});

const keyboardTransport = z.strictObject({
  kind: z.literal("keyboard"),
  path: z
    .string()
    .min(1)
    .max(256)
    .describe("Linux: scanner that types, e.g. /dev/input/event5; taken for the till alone"),
});

const virtualTransport = z.strictObject({
  kind: z.literal("virtual").describe("No hardware: receipts are kept and shown on the screen only"),
});

const scanner = z.strictObject({
  id: z.string().min(1).max(32).describe("Name of this scanner in messages and logs"),
  transport: z.discriminatedUnion("kind", [serialTransport, tcpTransport, hidTransport, keyboardTransport]),
  prefix: z.string().max(8).default("").describe("Characters the scanner sends before each code"),
});

const printer = z.strictObject({
  id: z.string().min(1).max(32).describe("Name of this printer in messages and logs"),
  transport: z.discriminatedUnion("kind", [
    serialTransport,
    tcpTransport,
    usbTransport,
    spoolerTransport,
    virtualTransport,
  ]),
  columns: z
    .union([z.literal(48), z.literal(32)])
    .default(48)
    .describe("48 for 80 mm paper, 32 for 58 mm"),
  chinese: z.enum(["gb18030", "gbk"]).default("gb18030").describe("Chinese encoding of the printer's firmware"),
  qr: z.enum(["native", "none"]).default("native").describe("Whether the printer draws QR codes itself"),
  cut: z.enum(["partial", "full", "none"]).default("partial").describe("How a receipt is cut off"),
  answersStatus: z.boolean().default(true).describe("Whether the printer answers DLE EOT status requests"),
  drawer: z
    .strictObject({
      pin: z
        .union([z.literal(2), z.literal(5)])
        .default(2)
        .describe("Drawer connector pin"),
      onMs: z.int().min(2).max(510).default(50).describe("Pulse length in milliseconds"),
      offMs: z.int().min(2).max(510).default(500).describe("Pause after the pulse in milliseconds"),
    })
    .optional()
    .describe("The cash drawer that hangs on this printer"),
});

export const devicesSchema = z.strictObject({
  scanners: z.array(scanner).max(8).default([]).describe("Any of them may be scanned with"),
  printer: printer.optional().describe("The receipt printer; without one receipts are shown on the screen"),
});

export type DevicesConfig = z.infer<typeof devicesSchema>;
export type ScannerConfig = DevicesConfig["scanners"][number];
export type PrinterConfig = NonNullable<DevicesConfig["printer"]>;
