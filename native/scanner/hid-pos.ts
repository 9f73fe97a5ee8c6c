import { LONGEST_BYTES, scanIn, type ScanReader, type SplitScan } from "./scan-reader.ts";

/*
 * A report of a HID-POS scanner (usage page 0x8C), 64 bytes, by the manual of the Access-IS LSR118:
 *   0 report id 2 · 1 length of the data, at most 56 · 2-4 AIM identifier "]cm" · 5-60 data · 61 a further symbology id ·
 *   62 reserved · 63 bit 0: the code goes on in the next report
 */
const REPORT_BYTES = 64;
const REPORT_ID = 2;
const LENGTH = 1;
const AIM = { from: 2, to: 5 } as const;
const DATA = 5;
const MOST_DATA = 56;
const FLAGS = 63;
const CONTINUED = 0x01;

const garbled: readonly SplitScan[] = [{ kind: "garbled" }];

/** Makes scans of HID-POS reports: each call of `feed` is one report. A code is given whole or not at all. */
export class HidPosReader implements ScanReader {
  readonly #prefix: string;
  #parts: Uint8Array[] = [];
  #byteCount = 0;
  #aim: string | null = null;
  /** What follows belongs to a code that was given up; its last report ends that. */
  #isSkipping = false;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Reports say where a code ends: silence inside one is a fault, and never an end. */
  hasSeenSuffix(): boolean {
    return true;
  }

  isWaiting(): boolean {
    return this.#parts.length > 0 || this.#isSkipping;
  }

  feed(report: Uint8Array): readonly SplitScan[] {
    const length = report[LENGTH] ?? 0;
    const isReport = report.length === REPORT_BYTES && report[0] === REPORT_ID && length <= MOST_DATA;
    const aim = isReport ? aimOf(report) : undefined;
    // With a code begun, its rest may still come and is none by itself.
    if (aim === undefined) return this.#giveUp(this.isWaiting());
    const isContinued = ((report[FLAGS] ?? 0) & CONTINUED) !== 0;
    if (this.#isSkipping) {
      this.#isSkipping = isContinued;
      return [];
    }
    // The parts of one code are of one symbology: what is not is the end of one and the beginning of another.
    if (this.#parts.length > 0 && aim !== this.#aim) return this.#giveUp(isContinued);
    this.#aim = aim;
    this.#parts.push(report.slice(DATA, DATA + length));
    this.#byteCount += length;
    if (this.#byteCount > LONGEST_BYTES) {
      this.#giveUp(isContinued);
      return [{ kind: "overlong" }];
    }
    return isContinued ? [] : this.#end();
  }

  idle(): readonly SplitScan[] {
    const hadParts = this.#parts.length > 0;
    this.#giveUp(false);
    return hadParts ? garbled : [];
  }

  #end(): readonly SplitScan[] {
    const bytes = Buffer.concat(this.#parts);
    const aim = this.#aim;
    this.#forget();
    return scanIn(bytes, this.#prefix, aim);
  }

  #giveUp(isMoreToCome: boolean): readonly SplitScan[] {
    this.#forget();
    this.#isSkipping = isMoreToCome;
    return garbled;
  }

  #forget(): void {
    this.#parts = [];
    this.#byteCount = 0;
    this.#aim = null;
  }
}

/** Null where the three bytes are empty: a scanner set to send no identifier. Undefined where they are none. */
function aimOf(report: Uint8Array): string | null | undefined {
  const bytes = report.subarray(AIM.from, AIM.to);
  if (bytes.every((byte) => byte === 0 || byte === 0x20)) return null;
  const aim = String.fromCharCode(...bytes);
  return /^\][A-Za-z][0-9A-Za-z]$/.test(aim) ? aim : undefined;
}
