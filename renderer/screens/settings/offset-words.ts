import type { SettingsText } from "./settings-texts.ts";

/** From here on a person should look at the clock; at five minutes the gateway refuses everything. */
export const worryingOffsetMs = 120_000;

/** How far the till's clock is off: "right" below two minutes, then how much and in which direction. */
export function offsetWords(offsetMs: number | null, text: SettingsText): string {
  if (offsetMs === null) return text("fact.clock.unknown");
  if (Math.abs(offsetMs) < worryingOffsetMs) return text("fact.clock.good");
  return text(offsetMs > 0 ? "fact.clock.fast" : "fact.clock.slow", { time: timeWords(offsetMs, text) });
}

/** A length of time in the two units that matter. */
export function timeWords(ms: number, text: SettingsText): string {
  const seconds = Math.round(Math.abs(ms) / 1_000);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return text("time.seconds", { seconds });
  if (minutes < 60) return text("time.minutes", { minutes, seconds: seconds % 60 });
  return text("time.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
