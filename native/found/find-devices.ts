import { listSerialPorts } from "../transport/list-serial-ports.ts";
import { findOnLinux } from "./linux.ts";
import { thisMachine } from "./place.ts";
import type { Sighting } from "./sighting.ts";

/** What is plugged into this machine now. Never rejects: a system that does not tell has nothing to show. */
export async function findDevices(): Promise<readonly Sighting[]> {
  try {
    return await (process.platform === "linux" ? findOnLinux(thisMachine) : listSerialPorts());
  } catch {
    return [];
  }
}
