import { isKnownCodePage, isKnownInternationalSet } from "./code-pages.ts";
import { bare, notMidLine, numberOrDigit, one, outOfRange, unprintedQr, type Command } from "./command.ts";
import { powerOnSettings, type Complaint, type PrintEngine } from "./print-engine.ts";

const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;

/** How characters look and where they stand: ESC, GS and FS commands that print nothing themselves. */
export const textCommands: readonly Command[] = [
  bare("ESC @", [ESC, 0x40], (engine) => {
    const complaint = engine.isLineEmpty ? unprintedQr(engine) : "throws away the text on the unfinished line";
    engine.dropLine();
    engine.settings = powerOnSettings(engine.profile);
    return complaint;
  }),
  one("ESC a", [ESC, 0x61], (n, engine) => {
    const align = (["left", "center", "right"] as const)[numberOrDigit(n)];
    if (align === undefined) return outOfRange(n);
    const complaint = notMidLine(engine);
    if (complaint === undefined) engine.settings.align = align;
    return complaint;
  }),
  one("ESC {", [ESC, 0x7b], (n, engine) => {
    const complaint = notMidLine(engine);
    if (complaint === undefined) engine.settings.upsideDown = isOn(n);
    return complaint;
  }),
  one("ESC E", [ESC, 0x45], (n, engine) => {
    engine.settings.bold = isOn(n);
    return undefined;
  }),
  one("GS B", [GS, 0x42], (n, engine) => {
    engine.settings.inverse = isOn(n);
    return undefined;
  }),
  one("ESC -", [ESC, 0x2d], (n, engine) => underline(n, engine.settings.latin)),
  one("FS -", [FS, 0x2d], (n, engine) => underline(n, engine.settings.chinese)),
  one("ESC !", [ESC, 0x21], selectPrintMode),
  one("FS !", [FS, 0x21], selectChinesePrintMode),
  one("GS !", [GS, 0x21], selectSize),
  one("ESC M", [ESC, 0x4d], (n) => (numberOrDigit(n) === 0 ? undefined : "only font A keeps the columns of a receipt")),
  one("ESC t", [ESC, 0x74], (n, engine) => {
    if (!isKnownCodePage(n)) return `code page ${n} is not one this printer has`;
    engine.settings.codePage = n;
    return undefined;
  }),
  one("ESC R", [ESC, 0x52], (n, engine) => {
    if (!isKnownInternationalSet(n)) return outOfRange(n);
    engine.settings.internationalSet = n;
    return undefined;
  }),
  bare("FS &", [FS, 0x26], (engine) => {
    if (engine.profile.chinese === "none") return noChinese;
    engine.settings.chineseMode = "on";
    return undefined;
  }),
  bare("FS .", [FS, 0x2e], (engine) => {
    if (engine.profile.chinese === "none") return noChinese;
    engine.settings.chineseMode = "off";
    return undefined;
  }),
  {
    name: "FS S",
    prefix: [FS, 0x53],
    length: 2,
    obey: ([leftDots = 0, rightDots = 0], engine) => {
      Object.assign(engine.settings.chinese, { leftDots, rightDots });
      return undefined;
    },
  },
  // Line spacing moves the paper, not the words: taken, range-checked by being one byte, and not kept.
  bare("ESC 2", [ESC, 0x32], () => undefined),
  one("ESC 3", [ESC, 0x33], () => undefined),
];

const noChinese = "is for printers with a Chinese font, which this one has not";

/** Only the lowest bit of an on/off parameter counts (Epson reference). */
function isOn(n: number): boolean {
  return (n & 1) === 1;
}

function underline(n: number, look: { underline: boolean }): Complaint {
  if (numberOrDigit(n) > 2) return outOfRange(n);
  look.underline = numberOrDigit(n) > 0;
  return undefined;
}

/** ESC !: sizes and underline of one-byte characters; boldness of all. */
function selectPrintMode(n: number, engine: PrintEngine): Complaint {
  if ((n & 0b0100_0110) !== 0) return `print mode ${n} has an undefined bit set`;
  if ((n & 0x01) !== 0) return "only font A keeps the columns of a receipt";
  engine.settings.bold = (n & 0x08) !== 0;
  engine.settings.latin = {
    heightTimes: (n & 0x10) !== 0 ? 2 : 1,
    widthTimes: (n & 0x20) !== 0 ? 2 : 1,
    underline: (n & 0x80) !== 0,
  };
  return undefined;
}

/** FS !: sizes and underline of two-byte characters. */
function selectChinesePrintMode(n: number, engine: PrintEngine): Complaint {
  if ((n & 0b0111_0011) !== 0) return `Chinese print mode ${n} has an undefined bit set`;
  Object.assign(engine.settings.chinese, {
    widthTimes: (n & 0x04) !== 0 ? 2 : 1,
    heightTimes: (n & 0x08) !== 0 ? 2 : 1,
    underline: (n & 0x80) !== 0,
  });
  return undefined;
}

/** GS !: one size for all characters, width in the high half and height in the low half, each less one. */
function selectSize(n: number, engine: PrintEngine): Complaint {
  if ((n & 0x88) !== 0) return outOfRange(n);
  const size = { widthTimes: (n >> 4) + 1, heightTimes: (n & 0x07) + 1 };
  Object.assign(engine.settings.latin, size);
  Object.assign(engine.settings.chinese, size);
  return undefined;
}
