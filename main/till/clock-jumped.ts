import type { ClockJump } from "#core/journal/clock-jump.ts";
import { localIso } from "#core/sale/business-date.ts";
import type { TillContext } from "#main/till/context.ts";
import { notify } from "#main/till/notices.ts";

export interface SeenClockJump extends ClockJump {
  /** How it was seen: `sleep` where the machine has slept meanwhile, which is no news to anybody. */
  readonly seen: "running" | "start" | "sleep";
}

/** From here on receipts would show a time that a customer notices; milliseconds. */
const leastToldMs = 300_000;

/** It is in the journal; whoever is at the till hears of it where receipts carry another time from now on. */
export function tellOfClockJump(till: TillContext, { fromMs, toMs, byMs, seen }: SeenClockJump): void {
  if (seen === "sleep" || Math.abs(byMs) < leastToldMs) return;
  const { utcOffsetMinutes } = till.deps.config.store;
  const shown = (atMs: number): string => localIso(atMs, utcOffsetMinutes).slice(0, 16).replace("T", " ");
  notify(till, { kind: "clock-jumped", from: shown(fromMs), to: shown(toMs) });
}
