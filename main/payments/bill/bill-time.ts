const shape = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/u;

/** Whether a bill's time, `YYYY-MM-DD HH:mm:ss` in Beijing, is one and lies on this day. */
export function isTimeOfDay(time: string, day: string): boolean {
  return time.startsWith(day) && shape.test(time);
}
