import { expect, test } from "vitest";
import { powerLossStates } from "#tests/crash/power-loss/power-loss-states.ts";

const states = 300;

test("a power cut at any point loses no acknowledged sale, damages nothing and leaves no half sale", async () => {
  const report = await powerLossStates({ states, seed: 1, synchronous: "FULL" });
  expect(report).toEqual({ acknowledged: report.acknowledged, lost: 0, corrupt: 0, half: 0, findings: [] });
  expect(report.acknowledged).toBeGreaterThan(states);
}, 60_000);

test("the same with SQLite's own default loses some: the recorder sees what it is there to see", async () => {
  const report = await powerLossStates({ states, seed: 1, synchronous: "NORMAL" });
  expect(report.lost).toBeGreaterThan(0);
  expect(report).toMatchObject({ corrupt: 0, half: 0 });
}, 60_000);
