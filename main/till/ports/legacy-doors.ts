import type { LegacyConfig } from "#contract/config/legacy.ts";
import type { LegacyDoorView, LegacySettings } from "#contract/ipc/legacy-intents.ts";
import type { Result } from "#core/result.ts";

export type LegacySetupFault =
  /** There is no shop to save it for. */
  | "setup-demo-store"
  /** terminal.json cannot be rewritten, or was made unusable meanwhile. */
  | "setup-file-unwritable";

/** The doors of old tills and what those may, as the use cases see it; who may change it is theirs. */
export interface LegacyDoors {
  /** What terminal.json says now; undefined where no old till is taken. */
  configured(): LegacyConfig | undefined;
  view(): Omit<LegacyDoorView, "serial">;
  /** Writes terminal.json, then goes over: resolves when the door is open, closed or has its fault. */
  save(settings: LegacySettings): Promise<Result<LegacyChange, LegacySetupFault>>;
  /** A new token for this name, shown once; null where there are as many old tills as can be. Throws where the disk refuses. */
  pair(name: string): string | null;
  /** False where there is none of this name. Throws where the disk refuses. */
  unpair(name: string): boolean;
}

/** `before` is null where no old till was taken. */
export interface LegacyChange {
  readonly before: LegacySettings | null;
  readonly after: LegacySettings;
}
