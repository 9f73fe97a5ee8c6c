import { businessDate } from "#core/sale/business-date.ts";
import type { TillContext } from "#main/till/context.ts";

/** The shop's own business day, whatever the machine's calendar says. */
export function today({ deps }: TillContext): string {
  const { utcOffsetMinutes, dayCutOffMinutes } = deps.config.store;
  return businessDate(deps.clock.now(), utcOffsetMinutes, dayCutOffMinutes);
}
