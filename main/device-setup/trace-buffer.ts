import type { TraceLine } from "#contract/devices/trace.ts";
import type { NumberedLine } from "#main/till/ports/device-setup.ts";

/** More scroll past unread; 200 lines of the longest scans are below a megabyte. */
const keptLines = 200;

/** The last lines of the self-test, numbered so that the page asks for what is new. */
export class TraceBuffer {
  #lines: NumberedLine[] = [];
  #seq = 0;

  add(line: TraceLine): void {
    this.#seq += 1;
    this.#lines.push({ seq: this.#seq, line });
    if (this.#lines.length > keptLines) this.#lines.shift();
  }

  after(seq: number): readonly NumberedLine[] {
    return this.#lines.filter((line) => line.seq > seq);
  }

  /** What was traced is for who looked; numbers go on. */
  clear(): void {
    this.#lines = [];
  }
}
