import type { SteadyClock } from "#main/store/sales/clock-watch.ts";
import type { SalesStoreDeps } from "#main/store/sales/open-sales-store.ts";
import type { Till } from "#main/till/till.ts";

/** The store's watch over a bench's calendar; none without a steady clock. */
export function watched(
  steady: SteadyClock | undefined,
  till: () => Pick<Till, "clockJumped">,
): Pick<SalesStoreDeps, "clockWatch"> {
  return steady === undefined ? {} : { clockWatch: { steady, onJump: (jump) => till().clockJumped(jump) } };
}
