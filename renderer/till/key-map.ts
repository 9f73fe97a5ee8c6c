import { defaultKeys, holderOf, type KeyAction, type KeyMap, type KeyPlace } from "#core/keys/key-map.ts";
import { useFromSection, viewOrNull } from "../till-client.ts";

/** The keyboard as the shop has set it; the one place that says which key does what, and what stands on its cap. */

function currentKeys(): KeyMap {
  return viewOrNull()?.shop.look?.keys ?? defaultKeys;
}

/** What sentences call the keys they name: `{keySearch}` and its like. */
export function keyNames(): Readonly<Record<string, string>> {
  const keys = currentKeys();
  return {
    keySearch: capOf(keys.search),
    keyQuantity: capOf(keys.quantity),
    keyRecall: capOf(keys.recall),
    keyDrawer: capOf(keys.drawer),
    keyMore: capOf(keys.more),
  };
}

/** What a key means in a place; null where it means nothing there. */
export function actionOf(place: KeyPlace, event: KeyboardEvent): KeyAction | null {
  return holderOf(currentKeys(), place, event.key);
}

export function isKeyOf(action: KeyAction, event: KeyboardEvent): boolean {
  return currentKeys()[action] === event.key;
}

/** The key of an action, by its name in the browser; drawn again when the shop gives it another. */
export function useKeyOf(action: KeyAction): string {
  return useFromSection("shop", (shop) => (shop.look?.keys ?? defaultKeys)[action]);
}

/** For `aria-keyshortcuts`. */
export function shortcutOf(key: string): string {
  return key === " " ? "Space" : key;
}

/** As keyboards have it printed on them. The space bar has no print; its name is the language's. */
export function capOf(key: string): string {
  return caps[key] ?? key;
}

const caps: Readonly<Record<string, string>> = {
  Insert: "Ins",
  PageUp: "PgUp",
  PageDown: "PgDn",
  ScrollLock: "ScrLk",
};
