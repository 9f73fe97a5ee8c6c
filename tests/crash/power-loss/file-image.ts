import type { DiskOp } from "./disk-op.ts";

/** What changes the contents of a file. */
export type DataOp = Extract<DiskOp, { kind: "write" | "truncate" }>;

/** A file's bytes that grow in place: a recording has thousands of writes, and copying the file for each takes minutes. */
export class FileImage {
  #bytes = Buffer.alloc(0);
  #size = 0;

  apply(op: DataOp): void {
    if (op.kind === "truncate") {
      this.#reserve(op.size);
      // What is cut off must read as zeros when the file grows again.
      if (op.size < this.#size) this.#bytes.fill(0, op.size, this.#size);
      this.#size = op.size;
      return;
    }
    const end = op.offset + op.bytes.length;
    this.#reserve(end);
    op.bytes.copy(this.#bytes, op.offset);
    this.#size = Math.max(this.#size, end);
  }

  copy(): FileImage {
    const copy = new FileImage();
    copy.#bytes = Buffer.from(this.contents());
    copy.#size = this.#size;
    return copy;
  }

  contents(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  #reserve(size: number): void {
    if (size <= this.#bytes.length) return;
    const grown = Buffer.alloc(Math.max(size, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#size);
    this.#bytes = grown;
  }
}
