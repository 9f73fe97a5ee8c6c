/** A picture as a print head takes it: rows from the top, each of whole bytes, the highest bit leftmost, 1 = black. */
export class Bitmap {
  readonly rowBytes: number;
  readonly heightDots: number;
  readonly bits: Buffer;

  constructor(widthDots: number, heightDots: number) {
    this.rowBytes = Math.ceil(widthDots / 8);
    this.heightDots = heightDots;
    this.bits = Buffer.alloc(this.rowBytes * heightDots);
  }

  /** Blackens a dot; one outside the picture is left out. */
  blacken(x: number, y: number): void {
    if (x < 0 || y < 0 || x >= this.rowBytes * 8 || y >= this.heightDots) return;
    const at = y * this.rowBytes + (x >> 3);
    this.bits[at] = (this.bits[at] ?? 0) | (0x80 >> (x & 7));
  }

  blackenBox(x: number, y: number, widthDots: number, heightDots: number): void {
    for (let row = y; row < y + heightDots; row += 1)
      for (let column = x; column < x + widthDots; column += 1) this.blacken(column, row);
  }

  /** Lays 24 dots, given as the low bits of a number with bit 23 leftmost, into a row. */
  lay24(dots: number, x: number, y: number): void {
    const shift = x & 7;
    const at = y * this.rowBytes + (x >> 3);
    // 24 dots reach into a fourth byte where they do not begin at a byte's edge.
    const spread = dots << (8 - shift);
    for (let byte = 0; byte < 4; byte += 1) {
      const part = (spread >>> (24 - byte * 8)) & 0xff;
      if (part !== 0 && (x >> 3) + byte < this.rowBytes) this.bits[at + byte] = (this.bits[at + byte] ?? 0) | part;
    }
  }

  /** Lays another picture of whole bytes onto this one; `x` is a multiple of 8. What reaches over the edge is left out. */
  lay(picture: Bitmap, x: number, y: number): void {
    const left = x >> 3;
    const width = Math.min(picture.rowBytes, this.rowBytes - left);
    for (let row = 0; row < Math.min(picture.heightDots, this.heightDots - y); row += 1) {
      const from = row * picture.rowBytes;
      picture.bits.copy(this.bits, (y + row) * this.rowBytes + left, from, from + width);
    }
  }

  /** The same picture without the white at its right, at least one byte wide: what is not sent is not waited for. */
  trimmed(): Bitmap {
    let used = 1;
    for (let at = 0; at < this.bits.length; at += 1) {
      if (this.bits[at] !== 0) used = Math.max(used, (at % this.rowBytes) + 1);
    }
    if (used === this.rowBytes) return this;
    const narrow = new Bitmap(used * 8, this.heightDots);
    for (let y = 0; y < this.heightDots; y += 1) {
      this.bits.copy(narrow.bits, y * used, y * this.rowBytes, y * this.rowBytes + used);
    }
    return narrow;
  }
}
