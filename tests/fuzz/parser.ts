/** What a parser made of an input. */
export interface Answer {
  /** It was taken for what it should be: shows that inputs get further than the first check. */
  readonly isTaken: boolean;
  /** Compared with the answer to the same input again; plain data. */
  readonly told: unknown;
}

/**
 * One parser of bytes from outside, as the fuzzer drives it. `read` gives any input to the product's own code and keeps to
 * its promises: it returns what the product answered, catches the one class of error that is documented, if there is one, and
 * throws (by `assert`) where an answer is none that was promised. Whatever it throws is a failure.
 */
export interface FuzzParser {
  readonly name: string;
  /** What it reads and where in the product, for `--list`. */
  readonly reads: string;
  /** Valid samples; each must be taken. */
  readonly seeds: () => readonly Uint8Array[];
  /** Words that mean something to it. */
  readonly words?: readonly string[];
  /** Seeds whose text from this byte on is JSON are also changed by their structure; left out: they are bytes. */
  readonly jsonFrom?: number;
  /** Longest input, bytes; 8 KiB where it is not said. */
  readonly mostBytes?: number;
  /** Of 20 inputs asked for, how many this one gets, for one whose inputs cost milliseconds; 20 where it is not said. */
  readonly twentieths?: number;
  readonly read: (input: Uint8Array) => Answer | Promise<Answer>;
}

/** Longest input of a parser that says nothing else, bytes. */
export const usualBytes = 8_192;

export function inputsFor({ twentieths = 20 }: FuzzParser, asked: number): number {
  return Math.max(1, Math.ceil((asked * twentieths) / 20));
}
