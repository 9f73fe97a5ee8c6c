const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const ETX = 0x03;

/** Longer than any code a shop scans (a payment QR has 18, a GS1 label about 100); contract/devices says so too. */
export const LONGEST_SCAN = 256;
/** 256 characters of at most 4 bytes, and the prefix and identifier before them. */
const LONGEST_BYTES = LONGEST_SCAN * 4 + 32;

export type SplitScan =
  | { readonly kind: "scan"; readonly text: string; readonly aim: string | null }
  /** More than 256 characters: half a code would be a wrong code, so all of it is dropped. */
  | { readonly kind: "overlong" };

/**
 * Makes scans of a scanner's bytes, in order, however the bytes are cut into pieces. Pure: whoever feeds it keeps
 * the time and calls `idle` when the scanner has been silent for long enough.
 */
export class ScanSplitter {
  readonly #prefix: string;
  #bytes: number[] = [];
  #isOverlong = false;
  #hasSeenSuffix = false;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Whether this scanner ends its codes with a suffix, so that a gap inside one means a busy machine, not an end. */
  hasSeenSuffix(): boolean {
    return this.#hasSeenSuffix;
  }

  /** Whether a code has begun and not ended. */
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

  /** Ends the code that has begun, if any. */
  idle(): readonly SplitScan[] {
    const bytes = Uint8Array.from(this.#bytes);
    const isOverlong = this.#isOverlong;
    this.#bytes = [];
    this.#isOverlong = false;
    if (isOverlong) return [{ kind: "overlong" }];
    const scan = this.#read(bytes);
    if (scan === null) return [];
    return scan.text.length > LONGEST_SCAN ? [{ kind: "overlong" }] : [scan];
  }

  #read(bytes: Uint8Array): Extract<SplitScan, { kind: "scan" }> | null {
    // Payment and product QR codes carry UTF-8; everything else a scanner sends is ASCII. Wrong bytes become U+FFFD.
    const decoded = new TextDecoder("utf-8").decode(bytes);
    let text = this.#withoutPrefix(withoutControls(decoded));
    const aim = /^\][A-Za-z][0-9A-Za-z]/.exec(text)?.[0] ?? null;
    // Models differ in whether the configured prefix stands before or after the identifier.
    if (aim !== null) text = this.#withoutPrefix(text.slice(aim.length));
    return text === "" ? null : { kind: "scan", text, aim };
  }

  #withoutPrefix(text: string): string {
    return this.#prefix !== "" && text.startsWith(this.#prefix) ? text.slice(this.#prefix.length) : text;
  }
}

/** Keeps GS (0x1D), which separates the fields of a GS1 label. Removes STX and every other control, DEL and C1 too. */
function withoutControls(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are the subject
  return text.replace(/[\u0000-\u001c\u001e\u001f\u007f-\u009f]/g, "");
}
