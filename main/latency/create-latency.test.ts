import { beforeEach, expect, it } from "vitest";
import { createLatency, type LiveLatency } from "./create-latency.ts";

let nowMs = Date.parse("2026-11-27T09:00:00+08:00");
let latency: LiveLatency;
beforeEach(() => {
  latency = createLatency({ now: () => nowMs, turns: () => ({ utcOffsetMinutes: 480, dayCutOffMinutes: 0 }) });
});

const of = (kind: string) => latency.read().kinds.find((one) => one.kind === kind);

it("times a scan when the turn that sends its answer is over, not when it was looked up", async () => {
  latency.scanAnswered(1, nowMs - 5);
  expect(of("scan-answered")?.count).toBe(0);
  await Promise.resolve();
  expect(of("scan-answered")).toMatchObject({ count: 1, worstMicros: 5_000 });
});

it("times what the window says it has painted, each scan once, and nothing that no device sent", () => {
  latency.scanAnswered(7, nowMs - 20);
  latency.scanAnswered(8, nowMs - 10);
  latency.scanPainted(7, 9);
  latency.scanPainted(7, 9);
  expect(of("scan-painted")).toMatchObject({ count: 2, worstMicros: 20_000 });
});

it("forgets scans that a window which hung for long says at last", () => {
  for (let count = 1; count <= 100; count += 1) latency.scanAnswered(count, nowMs - 1_000);
  latency.scanPainted(1, 100);
  expect(of("scan-painted")?.count).toBe(64);
  latency.scanPainted(1, 2 ** 40);
  expect(of("scan-painted")?.count).toBe(64);
});

it("keeps parts of a millisecond, and begins anew with the day", () => {
  latency.took("commit", 1.25);
  latency.unanswered("gateway-pay");
  expect(of("commit")?.worstMicros).toBe(1_250);
  expect(of("gateway-pay")?.unanswered).toBe(1);
  nowMs += 86_400_000;
  expect(of("commit")?.count).toBe(0);
});
