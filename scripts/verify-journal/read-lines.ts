/** Longest line that is read, in bytes: an entry of 900,000 characters with every one of them escaped is shorter. */
export const mostLineBytes = 8 * 1_048_576;

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without the line feed. */
  readonly bytes: Uint8Array;
  /** Whether a line feed followed; only the last line of a file that was cut off has none. */
  readonly isWhole: boolean;
}

/** A line beyond the limit: nothing after it is read. */
export class LineTooLong extends Error {
  readonly line: number;
  constructor(line: number) {
    super(`line ${line} is longer than ${mostLineBytes} bytes`);
    this.line = line;
  }
}

const lineFeed = 0x0a;

/** Cuts a stream at its line feeds and at nothing else; holds one line at a time. Throws `LineTooLong`. */
export async function* readLines(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 1;
  let begun: Uint8Array[] = [];
  let begunBytes = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, from)) {
      yield { number, bytes: Buffer.concat([...begun, chunk.subarray(from, at)]), isWhole: true };
      number += 1;
      from = at + 1;
      begun = [];
      begunBytes = 0;
    }
    if (from === chunk.length) continue;
    begun.push(Uint8Array.from(chunk.subarray(from)));
    begunBytes += chunk.length - from;
    if (begunBytes > mostLineBytes) throw new LineTooLong(number);
  }
  if (begunBytes > 0) yield { number, bytes: Buffer.concat(begun), isWhole: false };
}
