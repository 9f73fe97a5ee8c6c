import type { PoleShow } from "#contract/devices/pole.ts";
import type { TillContext } from "#main/till/context.ts";
import { displayView } from "#main/till/view/display-view.ts";
import { poleShow, poleTongue } from "./pole-show.ts";

/** Time to walk around the counter and look. */
const sampleMs = 5_000;

/**
 * Shows something on every place of the pole display, then again what belongs there. A sale that goes on meanwhile is
 * shown at once, as always. False where there is no pole display.
 */
export function showPoleSample(till: TillContext): boolean {
  const { devices, clock, config } = till.deps;
  if (config.devices.poleDisplay === undefined) return false;
  devices.showOnPole(sampleIn(poleTongue(till).words.sample));
  clock.after(sampleMs, () => devices.showOnPole(poleShow(till, displayView(till))));
  return true;
}

function sampleIn(words: string): PoleShow {
  return { upper: "12345678901234567890", lower: words, digits: "123456.78", lamp: "total" };
}
