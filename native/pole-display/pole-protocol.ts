import type { PoleDisplayConfig } from "#contract/config/devices.ts";
import type { PoleLamp, PoleShow } from "#contract/devices/pole.ts";
import type { SerialLine } from "../transport/serial-line.ts";
import { poleText } from "./pole-text.ts";

/** One kind of pole display. A new kind is an entry here. */
interface PoleProtocol {
  /** How its serial port is set when it leaves the factory. */
  readonly serial: SerialLine;
  /** Sent once to a display that was just connected: what it showed before is unknown. */
  readonly hello: Buffer;
  /** All that it shows, so that one lost frame is mended by the next. */
  readonly frame: (show: PoleShow) => Buffer;
}

const ESC = 0x1b;
const CR = 0x0d;
const CLR = 0x0c;

export function poleProtocol(config: PoleDisplayConfig): PoleProtocol {
  return config.protocol === "led8" ? led8 : cd5220(config.chinese);
}

/** Two rows of twenty columns: `ESC Q A text CR` and `ESC Q B text CR`, each row written whole. */
function cd5220(chinese: PoleDisplayConfig["chinese"]): PoleProtocol {
  const row = (letter: "A" | "B", text: string): Buffer =>
    Buffer.concat([
      Buffer.from([ESC, ...Buffer.from(`Q${letter}`)]),
      poleText(text, columns, chinese),
      Buffer.from([CR]),
    ]);
  return {
    serial: { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 },
    // ESC @ sets it up afresh; CLR alone leaves string mode, in which a till before this one may have left it.
    hello: Buffer.from([CLR, ESC, "@".charCodeAt(0), CLR]),
    frame: ({ upper, lower }) => Buffer.concat([row("A", upper), row("B", lower)]),
  };
}

const columns = 20;

/** Eight digits and four lamps (客显): `ESC Q A digits CR` and `ESC s n`. */
const led8: PoleProtocol = {
  serial: { baudRate: 2400, dataBits: 8, parity: "none", stopBits: 1 },
  hello: Buffer.from([CLR]),
  frame({ digits, lamp }) {
    const shown = ledDigits(digits);
    const number = shown === "" ? Buffer.from([CLR]) : Buffer.from(`\x1bQA${shown}\r`, "latin1");
    return Buffer.concat([number, Buffer.from(`\x1bs${lampNumbers[lamp]}`, "latin1")]);
  },
};

const lampNumbers: Readonly<Record<PoleLamp, string>> = {
  none: "0",
  price: "1",
  total: "2",
  collect: "3",
  change: "4",
};

/** A number that does not fit is shown as dashes: a part of it would be another number. */
function ledDigits(text: string): string {
  if (!/^-?\d*(?:\.\d*)?$/.test(text)) return "--------";
  return text.replace(".", "").length > 8 ? "--------" : text;
}
