import type { PoleShow } from "#contract/devices/pole.ts";
import type { DisplayView } from "#contract/ipc/display-view.ts";
import type { TillContext } from "#main/till/context.ts";
import { poleShow } from "#main/till/pole/pole-show.ts";

/** Sends the pole display what it should show where that has changed. It never holds anything up. */
export function showOnPole(till: TillContext, display: DisplayView): void {
  if (till.deps.config.devices.poleDisplay === undefined) return;
  const show = poleShow(till, display);
  const last = lastShown.get(till);
  if (last !== undefined && isSame(last, show)) return;
  lastShown.set(till, show);
  till.deps.devices.showOnPole(show);
}

/** What each till showed last; it goes with its till. */
const lastShown = new WeakMap<TillContext, PoleShow>();

function isSame(one: PoleShow, other: PoleShow): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
