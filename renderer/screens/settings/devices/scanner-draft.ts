import type { ScannerConfig } from "#contract/config/devices.ts";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import type { DeviceDraft } from "./counter-draft.ts";
import type { DeviceKey } from "./device-texts.ts";
import { isNetworkPlaceGood } from "./PlaceParts.tsx";

/** A scanner that is set up and is to be changed; a new one is paired. */
export type ScannerDraft = Extract<DeviceDraft, { readonly role: "scanner" }>;

/** Why this cannot be saved, as the key of its sentence; null where it can. The bounds are those of terminal.json. */
export function scannerTrouble(config: ScannerConfig, was: string, view: DevicesView): DeviceKey | null {
  const { id, prefix, transport } = config;
  // `new` asks main for a free name.
  if (!/^\S(?:.{0,30}\S)?$/.test(id) || id === "new") return "scanner.bad-name";
  if (id !== was && view.devices.some(({ section }) => section.config.id === id)) return "scanner.name-taken";
  if (prefix.length > 8) return "scanner.bad-prefix";
  return transport.kind === "tcp" && !isNetworkPlaceGood(transport) ? "counter.no-address" : null;
}
