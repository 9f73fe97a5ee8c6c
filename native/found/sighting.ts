import { readdir } from "node:fs/promises";
import type { FoundDevice } from "#contract/devices/found.ts";

/** A found device before anybody has looked whether the till uses it. */
export type Sighting = Omit<FoundDevice, "busyBy">;

/** A sighting with the USB interface it was seen on, which counts only where one device shows several of a kind. */
export interface OnInterface {
  readonly sighting: Sighting;
  readonly usbInterface: string | null;
}

/** The names of a folder, sorted as people count; none where there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}
