/** More than this kept after 20,000 inputs or a million is a leak: what is compiled and cached on the way is less. Bytes. */
const mostGrowth = 24 * 1_048_576;
/** Resident memory at its largest, beside that after the first inputs; the heap may wait with its collection. */
const mostRssRatio = 4;
/** Inputs after which everything is loaded, compiled and cached that ever is. */
const warmUp = 2_000;
/** A run shorter than this says nothing about memory. */
const leastInputs = 1_000;
const inputsATurn = 64;

/** Looks after the memory of a run of so many inputs; wants `--expose-gc`. */
export function memoryWatch(inputs: number) {
  const isLooking = inputs >= leastInputs;
  const warmAt = Math.min(warmUp, inputs >> 2);
  let base = { kept: 0, rss: 0 };
  let peakRss = 0;

  return {
    look(): void {
      peakRss = Math.max(peakRss, process.memoryUsage.rss());
    },
    async after(done: number): Promise<void> {
      // What was closed is given back by the event loop, which parsers that answer at once would never let turn.
      if (done % inputsATurn === 0) await aTurn();
      if (!isLooking || done !== warmAt) return;
      base = { kept: await keptBytes(), rss: process.memoryUsage.rss() };
      peakRss = base.rss;
    },
    async end(): Promise<{ readonly heapGrowth: number; readonly rssRatio: number; readonly fault: string | null }> {
      if (!isLooking) return { heapGrowth: 0, rssRatio: 1, fault: null };
      const heapGrowth = (await keptBytes()) - base.kept;
      const rssRatio = Math.round((100 * Math.max(peakRss, base.rss)) / base.rss) / 100;
      const fault =
        heapGrowth > mostGrowth
          ? `${heapGrowth} bytes more are kept after ${inputs} inputs than after ${warmAt}`
          : rssRatio > mostRssRatio
            ? `resident memory grew to ${rssRatio} times what it was`
            : null;
      return { heapGrowth, rssRatio, fault };
    },
  };
}

/** What the heap and the buffers outside it hold once the collector has run and all that it found is given back, bytes. */
async function keptBytes(): Promise<number> {
  for (let times = 0; times < 3; times += 1) {
    globalThis.gc?.();
    await aTurn();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function aTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
