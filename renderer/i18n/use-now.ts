import { useEffect, useState } from "react";

/** The time, kept up to date every `everyMs`; the steps fall on whole multiples, so that all clocks turn together. */
export function useNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    let timer: number;
    const tick = (): void => {
      const atMs = Date.now();
      setNowMs(atMs);
      timer = window.setTimeout(tick, everyMs - (atMs % everyMs));
    };
    tick();
    return () => window.clearTimeout(timer);
  }, [everyMs]);
  return nowMs;
}
