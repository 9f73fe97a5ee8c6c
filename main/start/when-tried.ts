import type { DeviceClient } from "#main/devices/create-device-client.ts";
import type { Log } from "#main/log/open-log.ts";
import type { Clock } from "#main/till/ports/clock.ts";

/** Whoever started the till hears of it by then, whatever does not come up: the first PINs are told there. Milliseconds. */
const mostMs = 5_000;

/** Resolves once every configured device has answered or been found away: from then on a scan counts. */
export function whenTried(devices: Pick<DeviceClient, "statuses" | "onStatus">): Promise<void> {
  const isTried = (): boolean => devices.statuses().every((status) => status.state !== "opening");
  return new Promise((resolve) => {
    if (isTried()) resolve();
    devices.onStatus(() => {
      if (isTried()) resolve();
    });
  });
}

/** Resolves when all of these have come, or after some seconds; what had not come by then is logged by its name. */
export function whenOpen(
  coming: Readonly<Record<string, Promise<unknown>>>,
  { clock, log }: { readonly clock: Pick<Clock, "after">; readonly log: Pick<Log, "warn"> },
): Promise<void> {
  const missing = new Set(Object.keys(coming));
  const all = Object.entries(coming).map(async ([name, one]) => {
    await one;
    missing.delete(name);
  });
  return new Promise((resolve) => {
    const cancel = clock.after(mostMs, () => {
      log.warn("open before everything had come up", { missing: [...missing] });
      resolve();
    });
    void Promise.all(all).then(() => {
      cancel();
      resolve();
    });
  });
}
