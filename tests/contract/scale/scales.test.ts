import { describe, expect, it } from "vitest";
import { scaleModels } from "#contract/bench/scale.ts";
import type { WeightReading } from "#contract/devices/scale.ts";
import { until } from "#tests/devices/rig.ts";
import { type ScaleOnWire, scaleOn, wires } from "./wires.ts";

const cases = wires.flatMap((wire) => scaleModels.map((model) => [model, wire] as const));
const stable = (grams: number, changes: Partial<WeightReading> = {}): WeightReading => ({
  ...{ grams, isStable: true, isOver: false, isUnder: false, isNet: false, isZero: grams === 0 },
  ...changes,
});

function stateOf({ rig }: ScaleOnWire): string | undefined {
  return rig.client.statuses()[0]?.state;
}

async function ready(scale: ScaleOnWire): Promise<void> {
  await until("the scale is ready", () => stateOf(scale) === "ready" && scale.weights.length > 0);
}

/** The first reading after now that says so. */
async function reads(
  scale: ScaleOnWire,
  what: string,
  is: (reading: WeightReading) => boolean,
): Promise<WeightReading> {
  const from = scale.weights.length;
  const found = (): WeightReading | undefined => scale.weights.slice(from).find(({ reading }) => is(reading))?.reading;
  await until(what, () => found() !== undefined);
  return found()!;
}

describe.each(cases)("a %s scale over %s", (model, wire) => {
  it("says what lies on it, stable once it is at rest, and never a weight it did not show", async () => {
    const scale = await scaleOn(wire, model);
    await ready(scale);
    scale.rig.client.wantWeight(true);
    scale.twin.put(845);
    expect(await reads(scale, "845 g", ({ grams, isStable }) => grams === 845 && isStable)).toEqual(stable(845));
    scale.twin.put(0);
    expect(await reads(scale, "an empty tray", ({ grams, isStable }) => grams === 0 && isStable)).toEqual(stable(0));
    scale.twin.put(1250);
    expect(await reads(scale, "1250 g", ({ grams, isStable }) => grams === 1250 && isStable)).toEqual(stable(1250));
    const sold = scale.weights.filter(({ reading }) => reading.isStable).map(({ reading }) => reading.grams);
    expect(new Set(sold)).toEqual(new Set([0, 845, 1250]));
  });

  it("says too much, and nothing while the tray swings", async () => {
    const scale = await scaleOn(wire, model);
    await ready(scale);
    scale.rig.client.wantWeight(true);
    scale.twin.put(16_400);
    expect(await reads(scale, "too much", ({ isOver }) => isOver)).toMatchObject({ grams: null, isStable: false });
    scale.twin.put(500);
    await reads(scale, "500 g", ({ grams, isStable }) => grams === 500 && isStable);
    await scale.turn({ unsteady: true });
    const from = scale.weights.length;
    await until("it swings for a while", () => scale.weights.length > from + 12);
    // The first few may have been on their way.
    expect(scale.weights.slice(from + 3).filter(({ reading }) => reading.isStable)).toEqual([]);
  });

  it("is found stalled when it falls silent, and is back by itself", async () => {
    const scale = await scaleOn(wire, model);
    await ready(scale);
    await scale.turn({ stalled: true });
    await until("it is known to be stalled", () => stateOf(scale) === "stalled");
    await scale.turn({ stalled: false });
    await until("it is ready again", () => stateOf(scale) === "ready");
    scale.rig.client.wantWeight(true);
    scale.twin.put(845);
    await reads(scale, "845 g", ({ grams, isStable }) => grams === 845 && isStable);
  });

  it("that is cut off and plugged in again goes on, and the till still wants its weight", async () => {
    const scale = await scaleOn(wire, model);
    await ready(scale);
    scale.rig.client.wantWeight(true);
    await scale.turn({ unplugged: true });
    await until("the loss is noticed", () => stateOf(scale) !== "ready");
    scale.twin.put(505);
    await scale.turn({ unplugged: false });
    await until("it is ready again", () => stateOf(scale) === "ready");
    await reads(scale, "505 g", ({ grams, isStable }) => grams === 505 && isStable);
  });

  it("on a noisy line says no weight that does not lie on it, twice in a row", async () => {
    const scale = await scaleOn(wire, model);
    await ready(scale);
    scale.rig.client.wantWeight(true);
    scale.twin.put(845);
    await reads(scale, "845 g", ({ grams, isStable }) => grams === 845 && isStable);
    await scale.turn({ garbage: true });
    const from = scale.weights.length;
    await until("some frames come through", () => scale.weights.length > from + 5);
    const heard = scale.weights.slice(from).map(({ reading }) => reading);
    const twice = heard.filter((reading, at) => reading.isStable && heard[at + 1]?.grams === reading.grams);
    expect(new Set(twice.map(({ grams }) => grams))).toEqual(
      model === "cas-10" ? new Set(twice.map(() => 845)) : new Set([845]),
    );
    await until("the noise is counted", () =>
      /bytes were not understood/.test(scale.rig.client.statuses()[0]?.reason ?? ""),
    );
  });
});

describe("a scale that answers", () => {
  it("slowly never has a fresh weight: every reading is as old as its question", async () => {
    const scale = await scaleOn("tcp", "toledo-8217");
    await ready(scale);
    scale.twin.put(845);
    scale.rig.client.wantWeight(true);
    await reads(scale, "845 g", ({ grams }) => grams === 845);
    await scale.turn({ slow: true });
    const heardAt: number[] = [];
    const from = scale.weights.length;
    scale.rig.client.onWeight(() => heardAt.push(Date.now()));
    await until("slow answers come", () => heardAt.length > 3);
    // The first may have been asked before it became slow.
    const ages = scale.weights.slice(from + 1).map(({ atMs }, at) => (heardAt[at + 1] ?? 0) - atMs);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(500);
  });

  it("with another parity is told to be set wrong, and gives no weight", async () => {
    const scale = await scaleOn("tcp", "toledo-8217");
    await scale.turn({ misparity: true });
    scale.twin.put(845);
    const reason = (): string => scale.rig.client.statuses()[0]?.reason ?? "";
    await until("it is known to be set wrong", () => /check protocol, baud rate and parity/.test(reason()));
    expect([stateOf(scale), scale.weights.filter(({ reading }) => reading.grams === 845)]).toEqual(["stalled", []]);
  });

  it("a weight between its divisions is noise", async () => {
    const scale = await scaleOn("tcp", "toledo-8217", { divisionGrams: 50 });
    await ready(scale);
    scale.rig.client.wantWeight(true);
    scale.twin.put(845);
    scale.twin.press("zero");
    scale.twin.put(900);
    await reads(scale, "900 g", ({ grams }) => grams === 900);
    expect(scale.weights.some(({ reading }) => reading.grams === 845)).toBe(false);
  });

  it("is asked once a second for its light alone, and as fast as it can when a weight is wanted", async () => {
    const scale = await scaleOn("tcp", "toledo-8217");
    await ready(scale);
    const asked = (): number => scale.twin.state(1).spoken;
    const [before, beganMs] = [asked(), Date.now()];
    await until("two seconds have passed", () => Date.now() - beganMs > 2_000);
    expect(asked() - before).toBeLessThanOrEqual(4);
    scale.rig.client.wantWeight(true);
    const eager = asked();
    await until("it was asked often", () => asked() - eager >= 10);
    expect(Date.now() - beganMs).toBeLessThan(12_000);
  });

  it("for a net weight says that it took its own tare off", async () => {
    const scale = await scaleOn("tcp", "toledo-8217");
    await ready(scale);
    scale.rig.client.wantWeight(true);
    scale.twin.put(45);
    await reads(scale, "the bag", ({ grams }) => grams === 45);
    scale.twin.press("tare");
    scale.twin.put(890);
    expect(await reads(scale, "the net weight", ({ grams }) => grams === 845)).toEqual(stable(845, { isNet: true }));
  });

  it("survives the death of its host, and the weight is still wanted", async () => {
    const scale = await scaleOn("tcp", "toledo-8217");
    await ready(scale);
    scale.rig.client.wantWeight(true);
    scale.rig.hosts[0]?.kill("SIGKILL");
    await until("a second host has it", () => scale.rig.hosts.length === 2 && stateOf(scale) === "ready");
    scale.twin.put(845);
    await reads(scale, "845 g", ({ grams, isStable }) => grams === 845 && isStable);
    const from = scale.weights.length;
    const beganMs = Date.now();
    await until("it is asked often", () => scale.weights.length > from + 10);
    expect(Date.now() - beganMs).toBeLessThan(8_000);
  });
});
