import { describe, expect, it } from "vitest";
import { scaleModels } from "#contract/bench/scale.ts";
import type { WeightReading } from "#contract/devices/scale.ts";
import { until } from "#tests/devices/rig.ts";
import { type ScaleOnWire, scaleOn, type Wire } from "./wires.ts";

export const stable = (grams: number, changes: Partial<WeightReading> = {}): WeightReading => ({
  ...{ grams, isStable: true, isOver: false, isUnder: false, isNet: false, isZero: grams === 0 },
  ...changes,
});

export function stateOf({ rig }: ScaleOnWire): string | undefined {
  return rig.client.statuses()[0]?.state;
}

export async function ready(scale: ScaleOnWire): Promise<void> {
  await until("the scale is ready", () => stateOf(scale) === "ready" && scale.weights.length > 0);
}

/** The first reading after now that says so. */
export async function reads(
  scale: ScaleOnWire,
  what: string,
  is: (reading: WeightReading) => boolean,
): Promise<WeightReading> {
  const from = scale.weights.length;
  const found = (): WeightReading | undefined => scale.weights.slice(from).find(({ reading }) => is(reading))?.reading;
  await until(what, () => found() !== undefined);
  return found()!;
}

/** What every scale keeps, twin and driver alike, over that wire. */
export function scaleContract(wire: Wire): void {
  describe.each(scaleModels)(`a %s scale over ${wire}`, (model) => {
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
}
