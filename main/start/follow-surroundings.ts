import type { DeviceClient } from "#main/devices/create-device-client.ts";
import type { LiveFiles } from "#main/legacy/live-files.ts";
import type { Till } from "#main/till/till.ts";
import { followDevices } from "./follow-devices.ts";
import { followSleep, type TellsOfSleep } from "./follow-sleep.ts";
import { type LegacyPlaces, openLegacyPlaces } from "./open-legacy-places.ts";

interface Surroundings extends Omit<LegacyPlaces, "desk" | "files"> {
  /** Null in training. */
  readonly files: LiveFiles | null;
  readonly machine: TellsOfSleep;
  readonly devices: DeviceClient;
}

/** Devices, sleep and other systems of the shop, which are neither told nor asked of what is practised. */
export function followSurroundings(parts: Surroundings, till: Till): void {
  followDevices(parts.devices, till);
  followSleep(parts.machine, { devices: parts.devices, till, log: parts.log });
  const { files } = parts;
  if (files !== null) openLegacyPlaces({ ...parts, files, desk: till.legacyDesk });
}
