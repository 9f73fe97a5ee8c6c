import type { Complaint, PrintEngine } from "./print-engine.ts";

/**
 * One command of the printer's language. The table of all of them decides what is understood: a byte sequence without
 * an entry is a fault, whatever some printer somewhere makes of it.
 */
export interface Command {
  /** As the reference spells it: `ESC a`. */
  readonly name: string;
  readonly prefix: readonly number[];
  /**
   * How many parameter bytes there are in all, as far as those read so far tell; asked again each time that many have
   * arrived, until the answer stays the same. A sentence refuses the command then and there.
   */
  readonly length: number | ((soFar: readonly number[]) => number | string);
  /** Obeys, or says why a printer would not. Called with exactly the bytes `length` settled on. */
  readonly obey: (parameters: readonly number[], engine: PrintEngine) => Complaint;
}

/** A command of one parameter byte. */
export function one(
  name: string,
  prefix: readonly number[],
  obey: (n: number, engine: PrintEngine) => Complaint,
): Command {
  return { name, prefix, length: 1, obey: ([n = 0], engine) => obey(n, engine) };
}

/** A command without parameters. */
export function bare(name: string, prefix: readonly number[], obey: (engine: PrintEngine) => Complaint): Command {
  return { name, prefix, length: 0, obey: (_, engine) => obey(engine) };
}

/** What a printer does with a command that only works at the beginning of a line: it ignores it, and the layout is lost. */
export function notMidLine(engine: PrintEngine): Complaint {
  return engine.isLineEmpty ? undefined : "works only at the beginning of a line, and there is text on it";
}

/** A QR code stored and never printed is a customer's QR code missing from the receipt. */
export function unprintedQr(engine: PrintEngine): Complaint {
  return engine.settings.qr.stored === undefined ? undefined : "comes before the stored QR code was printed";
}

/** Parameters that may be written as a number or as its ASCII digit: 1 or 0x31. */
export function numberOrDigit(n: number): number {
  return n >= 0x30 && n <= 0x39 ? n - 0x30 : n;
}

export function outOfRange(n: number): string {
  return `parameter ${n} is out of range`;
}
