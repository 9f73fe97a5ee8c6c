import { z } from "zod";

const mostMs = 2 * 365 * 24 * 3_600_000;

/** Body of `POST /gateway/clock`. */
export const clockRequest = z.strictObject({
  /** Moves business on: passwords, refunds, deadlines, bills, retries. Never back. */
  advanceMs: z.int().min(0).max(mostMs).default(0),
  /** How far the clock of signatures and `Date` headers is off from now on; stays as it is when left out. */
  wireSkewMs: z.int().min(-mostMs).max(mostMs).optional(),
});
type ClockRequest = z.output<typeof clockRequest>;

/**
 * Two clocks, because a test that lets a day pass at the gateway must not make the till, which lives in real time, fail
 * its five-minute rule; and a test of that rule must not let a day pass.
 */
export interface GatewayClock {
  /** Business time, ms since the epoch. */
  readonly now: () => number;
  /** Time on the wire, ms since the epoch. */
  readonly wireNow: () => number;
  readonly change: (request: ClockRequest) => void;
  /** Business time is at least this: a book's time never runs backwards over a restart. */
  readonly notBefore: (atMs: number) => void;
}

export function createClock(base: () => number): GatewayClock {
  let aheadMs = 0;
  let skewMs = 0;
  return {
    now: () => base() + aheadMs,
    wireNow: () => base() + skewMs,
    change({ advanceMs, wireSkewMs }) {
      aheadMs += advanceMs;
      skewMs = wireSkewMs ?? skewMs;
    },
    notBefore: (atMs) => {
      aheadMs += Math.max(0, atMs - (base() + aheadMs));
    },
  };
}
