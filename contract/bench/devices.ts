import { z } from "zod";

/** Where on the paper a line, barcode, QR or picture stands. */
const paperAlign = z.enum(["left", "center", "right"]);
export type PaperAlign = z.infer<typeof paperAlign>;

/** A run of characters of one look. `widthTimes` and `heightTimes` multiply the base character cell (1–8). */
const paperRun = z.strictObject({
  text: z.string(),
  bold: z.boolean(),
  underline: z.boolean(),
  widthTimes: z.int().min(1).max(8),
  heightTimes: z.int().min(1).max(8),
  inverse: z.boolean(),
});
export type PaperRun = z.infer<typeof paperRun>;

/**
 * One printed line. `widthDots` is what the head really covered (a one-byte character 12 dots in font A, a two-byte
 * character 24), so a drawing can put every line where the printer put it. A blank line has no runs.
 */
const paperText = z.strictObject({
  kind: z.literal("text"),
  align: paperAlign,
  upsideDown: z.boolean(),
  widthDots: z.int().nonnegative(),
  runs: z.array(paperRun),
});
export type PaperText = z.infer<typeof paperText>;

const barcodeSymbology = z.enum(["upc-a", "upc-e", "ean13", "ean8", "code39", "itf", "codabar", "code93", "code128"]);
export type BarcodeSymbology = z.infer<typeof barcodeSymbology>;

/** What a printer that obeyed its bytes has put on the paper, in order. Dots are 203 dpi dots (8 per millimetre). */
export const paperElement = z.discriminatedUnion("kind", [
  paperText,
  /** `text` is what a reader would read (check digit included); FNC1 inside it is U+001D. `module` is in dots. */
  z.strictObject({
    kind: z.literal("barcode"),
    align: paperAlign,
    symbology: barcodeSymbology,
    text: z.string(),
    heightDots: z.int().positive(),
    module: z.int().positive(),
    hri: z.enum(["none", "above", "below", "both"]),
  }),
  z.strictObject({
    kind: z.literal("qr"),
    align: paperAlign,
    text: z.string(),
    moduleDots: z.int().positive(),
    level: z.enum(["L", "M", "Q", "H"]),
  }),
  /** Rows from the top, each padded to whole bytes, most significant bit leftmost, 1 = black. */
  z.strictObject({
    kind: z.literal("raster"),
    align: paperAlign,
    widthDots: z.int().positive(),
    heightDots: z.int().positive(),
    widthTimes: z.int().min(1).max(2),
    heightTimes: z.int().min(1).max(2),
    bitsBase64: z.string(),
  }),
  z.strictObject({ kind: z.literal("cut"), cut: z.enum(["partial", "full"]) }),
  /** `pin` of the drawer connector. It leaves no mark on the paper, but it came with the bytes of this strip. */
  z.strictObject({
    kind: z.literal("drawer-pulse"),
    pin: z.union([z.literal(2), z.literal(5)]),
    onMs: z.int().nonnegative(),
    offMs: z.int().nonnegative(),
  }),
  z.strictObject({ kind: z.literal("feed"), unit: z.enum(["lines", "dots"]), count: z.int().positive() }),
]);
export type PaperElement = z.infer<typeof paperElement>;

/** A command no printer promises to understand, or one used against its own rules. Never swallowed. */
const decodeFault = z.strictObject({
  /** Bytes since the printer was switched on, to the first byte of `bytesHex`. */
  offset: z.int().nonnegative(),
  /** The offending bytes as hexadecimal pairs, at most the first 32. */
  bytesHex: z.string(),
  message: z.string(),
});
export type DecodeFault = z.infer<typeof decodeFault>;

/**
 * One strip of paper, from one cut to the next (the cut is its last element). `complete` is false while it hangs in
 * the printer, and stays false when the printer lost power in the middle of it. `at` is epoch milliseconds of its
 * last change.
 */
export const paper = z.strictObject({
  id: z.int().positive(),
  at: z.number(),
  elements: z.array(paperElement),
  complete: z.boolean(),
});
export type Paper = z.infer<typeof paper>;

/** What an operator can do to the receipt printer with two hands. */
const printerSwitches = z.strictObject({
  /** The roll has run out: the printer goes offline and holds what it receives. */
  paperOut: z.boolean(),
  /** The cover stands open: the same. */
  coverOpen: z.boolean(),
  /** No power and no network: connections are cut and refused, what was held is lost. */
  unplugged: z.boolean(),
  /** Hung: connections are accepted and never read. */
  stalled: z.boolean(),
  /** Takes 960 bytes a second, as on a line of 9600 baud, and says nothing sooner. */
  slow: z.boolean(),
  /** Bytes that nobody sent come before each of its answers. */
  noisy: z.boolean(),
  /** An answer is overtaken by the next one, or comes 300 ms late. */
  disordered: z.boolean(),
  /** The connection breaks in the middle of the next bytes, once. */
  breaking: z.boolean(),
});
export type PrinterSwitches = z.infer<typeof printerSwitches>;

/** POST /printer/switches: the switches to move; the others stay. Answer: `PrinterState`. */
export const printerSwitchesRequest = printerSwitches.partial();
export type PrinterSwitchesRequest = z.infer<typeof printerSwitchesRequest>;

/** POST /printer/tear: throws the papers and faults away. Answer: `PrinterState`. */
export const printerTearRequest = z.strictObject({});

/** GET /printer. */
export const printerState = z.strictObject({
  switches: printerSwitches,
  /** Columns of the base character cell: 48 on 80 mm paper, 32 on 58 mm. */
  columns: z.union([z.literal(48), z.literal(42), z.literal(32)]),
  /** The last 50 strips that came out, oldest first. */
  papers: z.array(paper),
  /** The strip that still hangs in the printer, if anything is on it. */
  current: paper.nullable(),
  /** The last 100 things in the received bytes that no printer promises to understand, oldest first. */
  faults: z.array(decodeFault),
  /** Bytes received and not yet printed, because the paper is out or the cover open. */
  heldBytes: z.int().nonnegative(),
  /** Tills connected to the printer's port now. */
  connections: z.int().nonnegative(),
});
export type PrinterState = z.infer<typeof printerState>;

/** What can be wrong with a scanner and its line. */
const scannerSwitches = z.strictObject({
  /** No power: connections are cut and refused. */
  unplugged: z.boolean(),
  /** A code takes 20 ms a character. */
  slow: z.boolean(),
  /** Bytes that nobody sent come before each code. */
  noisy: z.boolean(),
  /** Set to another parity than the till: the eighth bit of every byte is what it happens to be. */
  misparity: z.boolean(),
  /** The connection breaks in the middle of the next code, once. */
  breaking: z.boolean(),
});
export type ScannerSwitches = z.infer<typeof scannerSwitches>;

/** POST /scanner/switches: the switches to move; the others stay. Answer: `ScannerState`. */
export const scannerSwitchesRequest = scannerSwitches.partial();
export type ScannerSwitchesRequest = z.infer<typeof scannerSwitchesRequest>;

/** GET /scanner. */
export const scannerState = z.strictObject({
  switches: scannerSwitches,
  /** Tills connected now. */
  connections: z.int().nonnegative(),
});
export type ScannerState = z.infer<typeof scannerState>;

/** POST /scanner/scan: pull the trigger on a code. `aim` is the symbology identifier a scanner may send first. */
export const scanRequest = z.strictObject({
  text: z
    .string()
    .min(1)
    // A version-40 QR holds 4,296 alphanumeric characters: no symbol carries more.
    .max(4_296)
    .refine((text) => !/[\r\n]/.test(text), "a scan is one line: CR ends it"),
  aim: z
    .string()
    .regex(/^\][A-Za-z][0-9A-Za-z]$/, "an AIM identifier is ], a letter and a modifier, such as ]E0")
    .optional(),
});
export type ScanRequest = z.infer<typeof scanRequest>;

/** How many connected tills the scan was sent to: at least one, otherwise the request is refused. */
export const scanAnswer = z.strictObject({ sentTo: z.int().positive() });
export type ScanAnswer = z.infer<typeof scanAnswer>;

/** One pulse the drawer's solenoid felt. `at` is epoch milliseconds. */
const drawerKick = z.strictObject({
  at: z.number(),
  pin: z.union([z.literal(2), z.literal(5)]),
  onMs: z.int().nonnegative(),
});
export type DrawerKick = z.infer<typeof drawerKick>;

/** GET /drawer. */
export const drawerState = z.strictObject({
  open: z.boolean(),
  /** The connector pin its solenoid hangs on. */
  pin: z.union([z.literal(2), z.literal(5)]),
  /** The last 100 pulses, oldest first, those of the other pin too. */
  kicks: z.array(drawerKick),
});
export type DrawerState = z.infer<typeof drawerState>;

/** POST /drawer/close: push it shut. Answer: `DrawerState`. */
export const drawerCloseRequest = z.strictObject({});

/** Every refused request is answered with this and a status of 400 or above. */
export const controlRefusal = z.strictObject({ error: z.string() });
export type ControlRefusal = z.infer<typeof controlRefusal>;
