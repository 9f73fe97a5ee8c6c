import { formatCountdown, secondsLeft } from "../i18n/formats.ts";
import { useNow } from "../i18n/use-now.ts";

/** Seconds until a moment and the same as "4:07"; zero once it has passed, or when there is none. */
export function useCountdown(untilMs: number | null): { readonly seconds: number; readonly clock: string } {
  const nowMs = useNow(1_000);
  const seconds = untilMs === null ? 0 : secondsLeft(untilMs, nowMs);
  return { seconds, clock: formatCountdown(seconds) };
}
