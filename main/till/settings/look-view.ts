import type { LookView } from "#contract/ipc/settings-intents.ts";
import { keyMapOf } from "#core/keys/key-map.ts";
import type { TillContext } from "#main/till/context.ts";

/** What was set, or what holds where nothing was. */
export function lookView({ deps }: TillContext): LookView | undefined {
  if (deps.settings === undefined) return undefined;
  const { theme = null, volumePercent = 100, keys = {} } = deps.settings.current();
  return { theme, volumePercent, keys: keyMapOf(keys) };
}
