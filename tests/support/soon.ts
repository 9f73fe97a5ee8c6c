/**
 * Acts after so many milliseconds, to a fraction of one, which a timer cannot. The clock is looked at once per turn of the
 * loop, so that simulators in the same process go on working.
 */
export function soon(ms: number, act: () => void): void {
  const atMs = performance.now() + ms;
  const look = (): void => {
    if (performance.now() >= atMs) act();
    else setImmediate(look);
  };
  look();
}
