import { beforeEach, describe, expect, it } from "vitest";
import { createVirtualClock, type VirtualClock } from "#tests/support/virtual-clock.ts";
import { createDiskTrouble } from "./disk-trouble.ts";

const startMs = Date.UTC(2026, 2, 2, 1);
const minuteMs = 60_000;

let clock: VirtualClock;
let done: string[];

beforeEach(() => {
  clock = createVirtualClock(startMs);
  done = [];
});

function trouble(facts: { lastMs?: number | null; isSupervised?: boolean; uptimeMs?: number } = {}): () => void {
  const { lastMs = null, isSupervised = false, uptimeMs = minuteMs } = facts;
  return createDiskTrouble({
    ...{ clock, lastMs, isSupervised, uptimeMs: () => uptimeMs },
    tell: () => done.push("told"),
    restart: (nowMs) => done.push(`restarted at ${nowMs - startMs}`),
  });
}

describe("a store that gave up", () => {
  it("has the till say so, and start again once that could be read, however many stores give up", async () => {
    const broke = trouble();
    broke();
    broke();
    expect(done).toEqual(["told"]);
    await clock.advance(minuteMs);
    expect(done).toEqual(["told", "restarted at 4000"]);
  });

  it("leaves the till as it is within ten minutes of such a start: another would end the same way", async () => {
    trouble({ lastMs: startMs - 9 * minuteMs })();
    await clock.advance(minuteMs);
    expect(done).toEqual([]);
    trouble({ lastMs: startMs - 11 * minuteMs })();
    expect(done).toEqual(["told"]);
  });

  it("does not make a service start the till again and again", async () => {
    trouble({ isSupervised: true, uptimeMs: 29_000 })();
    await clock.advance(minuteMs);
    expect(done).toEqual([]);
    trouble({ isSupervised: true, uptimeMs: 30_000 })();
    await clock.advance(minuteMs);
    expect(done).toHaveLength(2);
  });
});
