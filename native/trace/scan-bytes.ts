/** The longest code and its prefix, as ScanSplitter lets them through; older bytes are forgotten. */
const MOST_BYTES = 1_056;
/** A code comes in a few pieces; a line that drips byte by byte is shown in so many. */
const MOST_PIECES = 64;
const suffixes: ReadonlySet<number> = new Set([0x0d, 0x0a, 0x09, 0x03]);

export interface BytesAt {
  readonly bytes: Buffer;
  readonly atMs: number;
}

export interface ScannedBytes {
  readonly pieces: readonly BytesAt[];
  /** False where the code was ended by the pause after it. */
  readonly hasSuffix: boolean;
}

/** Keeps the bytes of a scanner until the code they make is known. Bytes of the next code stay for the next. */
export class ScanBytes {
  #pieces: BytesAt[] = [];
  #length = 0;

  add(bytes: Buffer, atMs: number): void {
    this.#pieces.push({ bytes, atMs });
    this.#length += bytes.length;
    while (this.#length > MOST_BYTES || this.#pieces.length > MOST_PIECES) {
      this.#length -= this.#pieces.shift()?.bytes.length ?? this.#length;
    }
  }

  /** Everything up to the suffix of the first code, and the suffix; all there is where none has come. */
  take(): ScannedBytes {
    const taken: BytesAt[] = [];
    let state: "before" | "in" | "after" = "before";
    while (this.#pieces.length > 0) {
      const [first] = this.#pieces;
      if (first === undefined) break;
      let end = 0;
      for (const byte of first.bytes) {
        const isSuffix = suffixes.has(byte);
        if (state === "after" && !isSuffix) break;
        if (isSuffix && state === "in") state = "after";
        else if (!isSuffix) state = "in";
        end += 1;
      }
      if (end > 0) taken.push({ bytes: first.bytes.subarray(0, end), atMs: first.atMs });
      if (end < first.bytes.length) {
        this.#pieces[0] = { bytes: first.bytes.subarray(end), atMs: first.atMs };
        break;
      }
      this.#pieces.shift();
    }
    this.#length = this.#pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);
    return { pieces: taken, hasSuffix: state === "after" };
  }

  clear(): void {
    this.#pieces = [];
    this.#length = 0;
  }
}
