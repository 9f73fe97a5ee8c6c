import { describe, expect, it } from "vitest";
import type { PoleShow } from "#contract/devices/pole.ts";
import { until } from "#tests/devices/rig.ts";
import { type PoleOnWire, poleOn } from "../scale/wires.ts";

const show = (number: number): PoleShow => ({
  upper: `Item ${number}`,
  lower: `Total ${number}.00`,
  digits: `${number}.00`,
  lamp: "total",
});

/** What the customer reads, of either kind. */
function reads({ state }: PoleOnWire): string {
  const { model, upper, lower, digits, lamp } = state();
  return model === "led8" ? `${digits} ${lamp}` : `${upper.trim()} ${lower.trim()}`;
}

const models = [
  ["cd5220", "tcp", "Item 7 Total 7.00", " "],
  ["cd5220", "pty", "Item 7 Total 7.00", " "],
  ["led8", "tcp", "7.00 total", " none"],
  ["led8", "pty", "7.00 total", " none"],
] as const;

async function ready(pole: PoleOnWire): Promise<void> {
  await until("the display is ready", () => pole.rig.client.statuses()[0]?.state === "ready");
}

describe.each(models)("a %s pole display over %s", (model, wire, seven, dark) => {
  it("shows the newest state, and understands every byte of many", async () => {
    const pole = await poleOn(wire, model);
    await ready(pole);
    for (let number = 1; number <= 200; number += 1) pole.rig.client.showOnPole(show(number));
    pole.rig.client.showOnPole(show(7));
    await until("the newest is shown", () => reads(pole) === seven);
    expect(pole.state().faults).toEqual([]);
    // Of two hundred states most were skipped: no queue of stale texts.
    const frameBytes = 60;
    expect(pole.state().receivedBytes).toBeLessThan(100 * frameBytes);
  });

  it("shows it again after its plug was pulled, and after the host was killed", async () => {
    const pole = await poleOn(wire, model);
    await ready(pole);
    pole.rig.client.showOnPole(show(7));
    await until("it is shown", () => reads(pole) === seven);
    await pole.turn({ unplugged: true });
    expect(reads(pole)).toBe(dark);
    await until("the loss is noticed", () => pole.rig.client.statuses()[0]?.state !== "ready");
    await pole.turn({ unplugged: false });
    await until("it is shown again", () => reads(pole) === seven);
    pole.rig.hosts[0]?.kill("SIGKILL");
    await until("another host runs", () => pole.rig.hosts.length === 2);
    await ready(pole);
    pole.rig.client.showOnPole(show(8));
    pole.rig.client.showOnPole(show(7));
    await until("it is shown again", () => reads(pole) === seven);
    expect(pole.state().faults).toEqual([]);
  });
});

describe("a pole display that hangs", () => {
  it("holds nobody up, and shows the newest state when it has come round", async () => {
    const pole = await poleOn("tcp", "cd5220");
    await ready(pole);
    await pole.turn({ stalled: true });
    const beganMs = performance.now();
    for (let number = 1; number <= 2_000; number += 1) pole.rig.client.showOnPole(show(number));
    pole.rig.client.showOnPole(show(7));
    expect(performance.now() - beganMs).toBeLessThan(2_000);
    await pole.turn({ stalled: false });
    await until("the newest is shown", () => reads(pole) === "Item 7 Total 7.00");
    expect(pole.state().faults).toEqual([]);
  });
});
