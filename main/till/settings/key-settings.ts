import type { IntentArgs } from "#contract/ipc/intents.ts";
import {
  defaultKeys,
  type KeyAction,
  keyActions,
  type KeyMap,
  keyMapOf,
  swapped,
  withKey,
} from "#core/keys/key-map.ts";
import { fail, ok } from "#core/result.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import type { TillSettings } from "#main/till/ports/till-settings.ts";
import type { SettingsChange } from "./settings-intents.ts";

/** Gives an action another key, or changes the keys of two over. */
export function setKey(
  settings: TillSettings,
  { action: named, key, swap }: IntentArgs<"set-key">,
): Outcome<SettingsChange> {
  const action = keyActions.find((one) => one === named);
  if (action === undefined) return refuse("bad-arguments");
  const before = keyMapOf(settings.current().keys ?? {});
  const given = withKey(before, action, key);
  if (given.ok) return keysChange(settings, before, given.value);
  const { fault } = given;
  if (fault.kind !== "key-taken") return refuse(fault.kind);
  return swap ? keysChange(settings, before, swapped(before, action, fault.by)) : fail(fault);
}

export function resetKeys(settings: TillSettings): Outcome<SettingsChange> {
  return keysChange(settings, keyMapOf(settings.current().keys ?? {}), defaultKeys);
}

/** Only keys that are not the usual ones are kept, and only those that changed are told. */
function keysChange(settings: TillSettings, before: KeyMap, after: KeyMap): Outcome<SettingsChange> {
  const changed = keyActions.filter((action) => before[action] !== after[action]);
  const of = (map: KeyMap, actions: readonly KeyAction[]) =>
    Object.fromEntries(actions.map((action) => [action, map[action]]));
  const keys = of(
    after,
    keyActions.filter((action) => after[action] !== defaultKeys[action]),
  );
  const next = { ...settings.current(), keys };
  return ok({ next, page: "keys", before: of(before, changed), after: of(after, changed) });
}
