import { LONGEST_BYTES, scanIn, type ScanReader, type SplitScan } from "./scan-reader.ts";

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const ETX = 0x03;

/**
 * Makes scans of a scanner's bytes, in order, however the bytes are cut into pieces. Pure: whoever feeds it keeps
 * the time and calls `idle` when the scanner has been silent for long enough.
 */
export class ScanSplitter implements ScanReader {
  readonly #prefix: string;
  #bytes: number[] = [];
  #isOverlong = false;
  #hasSeenSuffix = false;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  hasSeenSuffix(): boolean {
    return this.#hasSeenSuffix;
  }

  isWaiting(): boolean {
    return this.#bytes.length > 0 || this.#isOverlong;
  }

  feed(bytes: Uint8Array): readonly SplitScan[] {
    const scans: SplitScan[] = [];
    for (const byte of bytes) {
      if (byte === CR || byte === LF || byte === TAB || byte === ETX) {
        if (this.isWaiting()) this.#hasSeenSuffix = true;
        scans.push(...this.idle());
      } else if (this.#bytes.length >= LONGEST_BYTES) {
        this.#isOverlong = true;
        this.#bytes = [];
      } else if (!this.#isOverlong) {
        this.#bytes.push(byte);
      }
    }
    return scans;
  }

  idle(): readonly SplitScan[] {
    const bytes = Uint8Array.from(this.#bytes);
    const isOverlong = this.#isOverlong;
    this.#bytes = [];
    this.#isOverlong = false;
    if (isOverlong) return [{ kind: "overlong" }];
    return scanIn(bytes, this.#prefix, null);
  }
}
