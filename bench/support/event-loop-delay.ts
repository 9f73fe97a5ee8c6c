import type { TillUnderTest } from "#tests/support/open-till.ts";
import type { Distribution } from "../result.ts";

/** How late the timers of the till's main process ran, beyond the sampler's own interval. Milliseconds. */
export type EventLoopDelay = Distribution;

/** Samples every so often; shorter would be work of its own. Milliseconds. */
const resolutionMs = 2;

/** Watches the event loop of the till's main process from inside it, until told to end. */
export async function beginWatching(till: TillUnderTest): Promise<{ end(): Promise<EventLoopDelay> }> {
  await till.app.evaluate((_electron, resolution) => {
    const { monitorEventLoopDelay } = process.getBuiltinModule("node:perf_hooks");
    const histogram = monitorEventLoopDelay({ resolution });
    histogram.enable();
    Object.assign(globalThis, { benchDelay: histogram });
  }, resolutionMs);
  return {
    async end() {
      const { p50, p99, max, n } = await till.app.evaluate(() => {
        // Put there when the watching began.
        const histogram = Reflect.get(globalThis, "benchDelay") as ReturnType<
          typeof import("node:perf_hooks").monitorEventLoopDelay
        >;
        histogram.disable();
        const { max: longest, count } = histogram;
        return { p50: histogram.percentile(50), p99: histogram.percentile(99), max: longest, n: count };
      });
      const late = (nanoseconds: number): number => Math.max(0.01, nanoseconds * 1e-6 - resolutionMs);
      return { p50: late(p50), p99: late(p99), max: late(max), n };
    },
  };
}
