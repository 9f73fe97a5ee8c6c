import { describe, expect, it } from "vitest";
import { until } from "#tests/devices/rig.ts";
import { ready, reads, stable, stateOf } from "./scale-contract.ts";
import { scaleOn } from "./wires.ts";

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
