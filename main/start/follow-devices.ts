import type { DeviceClient } from "#main/devices/create-device-client.ts";
import type { Till } from "#main/till/till.ts";

/** Tells the till how its devices stand, now and from now on: they have been up for a while. */
export function followDevices(devices: DeviceClient, told: Till): void {
  devices.onStatus((statuses) => told.devicesChanged(statuses));
  devices.onDrawer((state) => told.drawerChanged(state));
  told.devicesChanged(devices.statuses());
  told.drawerChanged(devices.drawer());
}
