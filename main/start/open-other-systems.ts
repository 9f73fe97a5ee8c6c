import { type LegacyFilesParts, openLegacyFiles } from "./open-legacy-files.ts";
import { type LegacyParts, openLegacy } from "./open-legacy.ts";

/** Where old tills come in, and what files go to and come from other systems of the shop. */
export function openOtherSystems(parts: LegacyParts & LegacyFilesParts) {
  return { legacyDoors: openLegacy(parts), legacyFiles: openLegacyFiles(parts) };
}
