/** What a business day is: the shop's time zone, minutes east of Greenwich, and minutes after midnight at which it begins. */
export interface DayRule {
  readonly utcOffsetMinutes: number;
  readonly dayCutOffMinutes: number;
}

/** A rule, and the one that takes its place from a moment on: epoch milliseconds, till time. */
export interface DaySchedule {
  readonly rule: DayRule;
  readonly next: (DayRule & { readonly fromMs: number }) | null;
}

export function ruleAt({ rule, next }: DaySchedule, epochMs: number): DayRule {
  if (next === null || epochMs < next.fromMs) return rule;
  const { utcOffsetMinutes, dayCutOffMinutes } = next;
  return { utcOffsetMinutes, dayCutOffMinutes };
}

const msPerMinute = 60_000;
const msPerDay = 86_400_000;

/**
 * When a new rule begins to hold: at the end of the business day that is open by the present one. So a sale keeps the day
 * it was booked on, and no day comes twice or goes back; where days begin later from then on, that day is the longer. Null
 * where they would begin more than a whole day later, as from one side of the date line to the other: then the date would
 * go back, and the change is made in two steps.
 */
export function changeOver(present: DayRule, next: DayRule, nowMs: number): number | null {
  const sinceDaysBegan = nowMs - startOf(0, present);
  const dayMs = sinceDaysBegan - (sinceDaysBegan % msPerDay);
  const endsMs = startOf(dayMs, present) + msPerDay;
  return startOf(dayMs, next) > endsMs ? null : endsMs;
}

/** When a date begins by a rule; `dayMs` is its midnight in Greenwich. */
function startOf(dayMs: number, { utcOffsetMinutes, dayCutOffMinutes }: DayRule): number {
  return dayMs + (dayCutOffMinutes - utcOffsetMinutes) * msPerMinute;
}
