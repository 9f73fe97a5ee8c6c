/** A frame as a bad line delivers it. Counts its own calls instead of throwing dice: a test comes out the same each time. */
export class LineFaults {
  #frames = 0;
  #noise = 1;

  /** Noise before each frame, and two of three frames cut short. */
  garble(frame: Buffer): Buffer {
    this.#frames += 1;
    const noise = Buffer.from(Array.from({ length: 1 + (this.#frames % 7) }, () => this.#nextByte()));
    const whole = this.#frames % 3 === 0 ? frame : frame.subarray(0, 1 + (this.#frames % (frame.length - 1)));
    return Buffer.concat([noise, whole]);
  }

  /** Bytes that nobody sent, before those that somebody did. */
  disturb(frame: Uint8Array): Buffer {
    const noise = Buffer.from(Array.from({ length: 1 + (this.#frames % 5) }, () => this.#nextByte()));
    this.#frames += 1;
    return Buffer.concat([noise, frame]);
  }

  #nextByte(): number {
    // A short congruential generator: every byte value comes, control characters too.
    this.#noise = (this.#noise * 75 + 74) % 65_537;
    return this.#noise % 256;
  }
}

/** Seven data bits and even parity, read as eight data bits. */
export function withParityBits(frame: Buffer): Buffer {
  return Buffer.from(frame.map((byte) => (hasOddOnes(byte) ? byte | 0x80 : byte)));
}

function hasOddOnes(byte: number): boolean {
  let ones = 0;
  for (let rest = byte & 0x7f; rest > 0; rest >>= 1) ones += rest & 1;
  return ones % 2 === 1;
}
