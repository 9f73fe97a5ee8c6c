/** Time that stands still while something happens. */
export interface VirtualTime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back later; what comes back takes it off again. */
  after(ms: number, act: () => void | Promise<void>): () => void;
  /** Something that nobody waits for has gone wrong: what runs ends with it. */
  fail(cause: unknown): void;
  /** Lets things happen, one after the other, until `untilMs` or until `isOver`. */
  run(untilMs: number, isOver?: () => boolean): Promise<void>;
}

/** More things than any run of a simulation: one that goes beyond it goes round in circles. */
const mostHappenings = 200_000;

interface Happening {
  readonly atMs: number;
  readonly place: number;
  readonly act: () => void | Promise<void>;
}

export function createVirtualTime(startMs: number): VirtualTime {
  let nowMs = startMs;
  let places = 0;
  let failure: { readonly cause: unknown } | null = null;
  /** The next one is the last of the list. */
  const ahead: Happening[] = [];

  function isLater(a: Happening, b: Happening): boolean {
    return a.atMs === b.atMs ? a.place > b.place : a.atMs > b.atMs;
  }

  return {
    now: () => nowMs,
    after(ms, act) {
      const happening = { atMs: nowMs + Math.max(0, Math.round(ms)), place: (places += 1), act };
      let [low, high] = [0, ahead.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        const other = ahead[middle];
        if (other !== undefined && isLater(other, happening)) low = middle + 1;
        else high = middle;
      }
      ahead.splice(low, 0, happening);
      return () => {
        const at = ahead.indexOf(happening);
        if (at >= 0) ahead.splice(at, 1);
      };
    },
    fail: (cause) => void (failure ??= { cause }),
    async run(untilMs, isOver = () => false) {
      for (let count = 0; !isOver(); count += 1) {
        const next = ahead.at(-1);
        if (next === undefined || next.atMs > untilMs) break;
        if (count > mostHappenings)
          throw new Error("more happens than a day can hold: something goes round in circles");
        ahead.pop();
        nowMs = next.atMs;
        await next.act();
        // Whoever only waited for this has his turn before time goes on.
        await new Promise((resolve) => setImmediate(resolve));
        if (failure !== null) throw failure.cause;
      }
      if (!isOver()) nowMs = Math.max(nowMs, untilMs);
    },
  };
}
