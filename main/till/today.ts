import { businessDate, businessDateInShift } from "#core/sale/business-date.ts";
import type { TillContext } from "#main/till/context.ts";

/** The shop's own business day, whatever the machine's calendar says: an open shift has its day. */
export function today({ deps, state }: Pick<TillContext, "deps" | "state">): string {
  const { utcOffsetMinutes, dayCutOffMinutes } = deps.config.store;
  const nowMs = deps.clock.now();
  if (state.shift === null) return businessDate(nowMs, utcOffsetMinutes, dayCutOffMinutes);
  return businessDateInShift(nowMs, utcOffsetMinutes, dayCutOffMinutes, state.shift.businessDate);
}
