import { beforeEach, describe, expect, it } from "vitest";
import { HangWatch } from "./hang-watch.ts";

let nowMs: number;
let hangs: number;
let answers: (() => void)[];
let watch: HangWatch;

beforeEach(() => {
  [nowMs, hangs, answers] = [0, 0, []];
  watch = new HangWatch({
    nowMs: () => nowMs,
    ask: () => new Promise<void>((resolve) => void answers.push(resolve)),
    onHang: () => (hangs += 1),
  });
});

/** So many beats a second apart; a page that answers does so before the next. */
async function beats(count: number, isAnswering: boolean): Promise<void> {
  for (let beat = 0; beat < count; beat += 1) {
    nowMs += 1_000;
    watch.beat();
    if (isAnswering) for (const answer of answers.splice(0)) answer();
    await Promise.resolve();
  }
}

describe("a page that is asked for a sign of life", () => {
  it("is left alone for as long as it answers", async () => {
    await beats(600, true);
    expect(hangs).toBe(0);
  });

  it("hangs where it says nothing for ten seconds, and is told once", async () => {
    await beats(10, false);
    expect(hangs).toBe(0);
    await beats(1, false);
    expect(hangs).toBe(1);
    expect(answers).toHaveLength(1);
  });

  it("is not blamed for a sleep of the whole machine, and still found afterwards", async () => {
    await beats(3, false);
    nowMs += 3_600_000;
    await beats(6, false);
    expect(hangs).toBe(0);
    await beats(3, false);
    expect(hangs).toBe(1);
  });

  it("is given its time anew where another page took its place, and the old one's answer says nothing about it", async () => {
    await beats(9, false);
    watch.reset();
    await beats(1, false);
    answers[0]?.();
    await beats(9, false);
    expect(hangs).toBe(0);
    await beats(1, false);
    expect(hangs).toBe(1);
  });
});
