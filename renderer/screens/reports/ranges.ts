import type { DayRange } from "#contract/reports/report.ts";
import { dayAfter } from "../manager/days.ts";

export const presets = ["today", "yesterday", "week", "month", "year"] as const;
export type Preset = (typeof presets)[number];

/** The business days a preset means on that day; a week begins on Monday. Those that run end with the day itself. */
export function rangeOf(preset: Preset, today: string): DayRange {
  switch (preset) {
    case "today":
      return { from: today, to: today };
    case "yesterday": {
      const day = dayAfter(today, -1);
      return { from: day, to: day };
    }
    case "week": {
      const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
      return { from: dayAfter(today, -sinceMonday), to: today };
    }
    case "month":
      return { from: `${today.slice(0, 8)}01`, to: today };
    case "year":
      return { from: `${today.slice(0, 5)}01-01`, to: today };
  }
}

/** Which preset a range is on that day, the first that fits; null for one that was chosen freely. */
export function presetOf(range: DayRange, today: string): Preset | null {
  const isSame = (preset: Preset): boolean => {
    const { from, to } = rangeOf(preset, today);
    return from === range.from && to === range.to;
  };
  return presets.find(isSame) ?? null;
}

/** As many days earlier or later; the days between are counted in UTC, where each has 24 hours. */
export function shifted({ from, to }: DayRange, direction: -1 | 1): DayRange {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
  return { from: dayAfter(from, days * direction), to: dayAfter(to, days * direction) };
}
