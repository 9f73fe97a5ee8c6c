import { localIso } from "#core/sale/business-date.ts";

/** When a promotion is on, by the shop's clock. */
export interface Schedule {
  /** YYYY-MM-DD, both inclusive; null is open. */
  readonly fromDate: string | null;
  readonly toDate: string | null;
  /** 1 is Monday, 7 Sunday; none listed is every day. */
  readonly weekdays: readonly number[];
  /**
   * Minutes after midnight, from inclusive, to exclusive; null is all day. `from` after `to` goes over midnight, and each
   * half belongs to the date and weekday the clock shows then.
   */
  readonly hours: { readonly from: number; readonly to: number } | null;
}

/** A moment as the shop's clock shows it. */
export interface ShopMoment {
  readonly date: string;
  readonly weekday: number;
  readonly minute: number;
}

/** Every day, all day. */
export const always: Schedule = { fromDate: null, toDate: null, weekdays: [], hours: null };

const msPerMinute = 60_000;
const msPerDay = 86_400_000;

/** `epochMs` is till time; `utcOffsetMinutes` is east of Greenwich. */
export function shopMoment(epochMs: number, utcOffsetMinutes: number): ShopMoment {
  const local = localIso(epochMs, utcOffsetMinutes);
  const days = Math.floor((epochMs + utcOffsetMinutes * msPerMinute) / msPerDay);
  return {
    date: local.slice(0, 10),
    // 1970-01-01 was a Thursday.
    weekday: ((days + 3) % 7) + 1,
    minute: Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16)),
  };
}

export function isOn({ fromDate, toDate, weekdays, hours }: Schedule, { date, weekday, minute }: ShopMoment): boolean {
  if (fromDate !== null && date < fromDate) return false;
  if (toDate !== null && date > toDate) return false;
  if (weekdays.length > 0 && !weekdays.includes(weekday)) return false;
  if (hours === null) return true;
  const { from, to } = hours;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Over for good: its last date has passed. */
export function isOver({ toDate }: Schedule, { date }: Pick<ShopMoment, "date">): boolean {
  return toDate !== null && date > toDate;
}
