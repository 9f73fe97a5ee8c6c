import type { DeviceClient } from "#main/devices/create-device-client.ts";
import type { Log } from "#main/log/open-log.ts";
import type { Till } from "#main/till/till.ts";

/** Electron's `powerMonitor`, as far as it is listened to. */
export interface TellsOfSleep {
  on(event: "suspend" | "resume", listener: () => void): unknown;
}

/**
 * A machine that wakes up has lines that are dead and do not know it: devices are opened anew, payments in doubt and head
 * office are asked at once instead of at their next turn. What the clock makes of the sleep is the store's (`watchClock`).
 */
export function followSleep(
  machine: TellsOfSleep,
  { devices, till, log }: { readonly devices: DeviceClient; readonly till: Pick<Till, "woke">; readonly log: Log },
): void {
  machine.on("suspend", () => log.info("the machine goes to sleep"));
  machine.on("resume", () => {
    log.info("the machine has slept");
    devices.reopen();
    till.woke();
  });
}
