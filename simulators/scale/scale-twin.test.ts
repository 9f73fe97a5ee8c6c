import { describe, expect, it, onTestFinished } from "vitest";
import type { ScaleModel } from "#contract/bench/scale.ts";
import { ScaleTwin } from "./scale-twin.ts";

function twinOf(model: ScaleModel) {
  let nowMs = 10_000;
  const said: string[] = [];
  const twin = new ScaleTwin({ model, now: () => nowMs, announce: () => {} });
  onTestFinished(() => twin.close());
  twin.onBytes((bytes) => said.push(bytes.toString("latin1")));
  return { twin, said, pass: (ms: number) => (nowMs += ms), ask: (text: string) => twin.hear(Buffer.from(text)) };
}

describe("the Toledo twin", () => {
  it("answers W by the facts: moving, then the weight, net after its tare key, over, and below zero", () => {
    const { twin, said, pass, ask } = twinOf("toledo-8217");
    ask("W");
    twin.put(845);
    pass(300);
    ask("W");
    pass(300);
    ask("W");
    twin.press("tare");
    ask("W");
    twin.put(16_400);
    pass(600);
    ask("W");
    twin.put(-100);
    pass(600);
    ask("W");
    expect(said).toEqual([
      ...["\x02 00.000\r", "\x02?\x01\r", "\x02 00.845\r", "\x02 00.000N\r"],
      ...["\x02?\x22\r", "\x02?\x24\r"],
    ]);
  });

  it("echoes between E and F, and calls anything else a bad command", () => {
    const { said, ask } = twinOf("toledo-8217");
    ask("EhelloFZ");
    expect(said.join("")).toBe("\x02E\rhello\x02F\r\x02?\x40\r");
  });

  it("rounds to its division and shows what it says", () => {
    const { twin, pass } = twinOf("toledo-8217");
    twin.put(848);
    pass(600);
    expect(twin.state(1)).toMatchObject({ is: "stable", loadGrams: 848, shownGrams: 850 });
  });
});
