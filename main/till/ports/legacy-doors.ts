import type { LegacyDoorView } from "#contract/ipc/legacy-intents.ts";

/** The door of old tills over HTTPS, as a manager sees it. Throws where the disk refuses. */
export interface LegacyDoors {
  view(): LegacyDoorView;
  /** A new token for this name, shown once; null where there are as many old tills as can be. */
  pair(name: string): string | null;
  /** False where there is none of this name. */
  unpair(name: string): boolean;
}
