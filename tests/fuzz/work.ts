import type { Trouble } from "./try-input.ts";

/** What a process of run-parser.ts is asked, as JSON in its argument. */
export interface Work {
  readonly parser: string;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** Says each input's index before it is read: whatever ends the process, its input is known. */
  readonly isStepping: boolean;
  /** This one input and no other: base64. */
  readonly input?: string;
}

/** What it says, a line of JSON each, on its fourth file descriptor. */
export type Word =
  | { readonly kind: "at"; readonly index: number }
  | {
      readonly kind: "trouble";
      readonly index: number;
      readonly trouble: Trouble;
      readonly detail: string;
      readonly input: string;
      readonly shrunk: string;
    }
  | ({ readonly kind: "done" } & Counts);

export interface Counts {
  readonly inputs: number;
  /** Inputs that were taken for what they should be. */
  readonly taken: number;
  readonly slowestMs: number;
  /** Of a processor, for the whole run. */
  readonly cpuSeconds: number;
  /** What the heap and buffers held at the end and not after the first inputs, bytes; after the collector ran. */
  readonly heapGrowth: number;
  /** Largest resident memory beside that after the first inputs. */
  readonly rssRatio: number;
}
