import type { DeviceClient } from "#main/devices/create-device-client.ts";

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
