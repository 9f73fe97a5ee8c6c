import { threadId } from "node:worker_threads";

/**
 * Whose turn it is to write, among the threads of this process that have one SQLite file open. The file's own lock keeps
 * them apart; but who meets that lock waits by sleeping, and holds up everything else its thread does.
 */
export interface Turn {
  /** Resolves when it is this thread's turn. Waiting alone keeps no thread alive. */
  take(): Promise<void>;
  give(): void;
  /** Of a thread that has ended, in case it was its turn. */
  giveFor(thread: number): void;
}

/** Of a file that one thread alone has open. */
export const alone: Turn = { take: async () => {}, give() {}, giveFor() {} };

const nobody = 0;

/** @param cell four bytes, zero at first, that all of these threads share */
export function turnOver(cell: SharedArrayBuffer): Turn {
  const holder = new Int32Array(cell);
  // The first thread is 0, which is nobody.
  const me = threadId + 1;
  const giveOf = (whose: number) => {
    if (Atomics.compareExchange(holder, 0, whose, nobody) === whose) Atomics.notify(holder, 0);
  };
  return {
    async take() {
      for (;;) {
        const now = Atomics.compareExchange(holder, 0, nobody, me);
        if (now === nobody) return;
        await Atomics.waitAsync(holder, 0, now).value;
      }
    },
    give: () => giveOf(me),
    giveFor: (thread) => giveOf(thread + 1),
  };
}
