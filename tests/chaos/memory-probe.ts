// Preloaded into a process of a run (`node --expose-gc --import …`): tells its parent how much memory it holds, when asked.
// What it is preloaded into knows nothing of it, and it keeps nothing running.

export interface MemoryTold {
  readonly kind: "memory";
  /** After a collection. Bytes. */
  readonly heapBytes: number;
  readonly rssBytes: number;
}

process.on("message", (asked) => {
  if (asked !== "memory") return;
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({ kind: "memory", heapBytes: heapUsed, rssBytes: rss } satisfies MemoryTold);
});
process.channel?.unref();
