import { assert, fail, ok, type Result } from "#core/result.ts";

/**
 * The keyboard of the till: what is done by a key of its own, and which. Keys that everybody knows what to expect of are
 * no part of it and stay what they are: digits, Enter, Esc, arrows, Delete, and the signs of the number pad.
 */

/** Where a key is heard. Only the topmost place is asked, so one key may mean something in each. */
export const keyPlaces = ["sale", "payment", "weighing", "held", "return", "cash", "sign-in"] as const;
export type KeyPlace = (typeof keyPlaces)[number];

const actions = {
  lock: ["sale", "F1"],
  search: ["sale", "F2"],
  quantity: ["sale", "F3"],
  discount: ["sale", "F4"],
  hold: ["sale", "F5"],
  recall: ["sale", "F6"],
  "void-line": ["sale", "F7"],
  refund: ["sale", "F8"],
  drawer: ["sale", "F9"],
  rounding: ["sale", "F10"],
  price: ["sale", "F11"],
  member: ["sale", "Insert"],
  more: ["sale", "F12"],
  pay: ["sale", " "],
  "ask-attempt": ["payment", "F2"],
  "park-sale": ["payment", "F5"],
  "type-weight": ["weighing", "F3"],
  tare: ["weighing", "F4"],
  "for-every-till": ["held", "F5"],
  exchange: ["return", "F6"],
  "pay-in": ["cash", "F1"],
  "pay-out": ["cash", "F2"],
  "safe-drop": ["cash", "F3"],
  language: ["sign-in", "F12"],
} as const satisfies Readonly<Record<string, readonly [place: KeyPlace, key: string]>>;

export type KeyAction = keyof typeof actions;
// The table's own keys, in its order.
export const keyActions = Object.keys(actions) as readonly KeyAction[];

/** A key by its name in the browser's `KeyboardEvent.key`; the space bar is a blank. */
export type KeyMap = Readonly<Record<KeyAction, string>>;

// One entry an action, made from the table itself.
export const defaultKeys = Object.fromEntries(keyActions.map((action) => [action, actions[action][1]])) as KeyMap;

/** Keys that type nothing and move nothing: a scanner that types, and a person in a field, never press them. */
export const freeKeys: readonly string[] = [
  ...Array.from({ length: 24 }, (_, index) => `F${index + 1}`),
  ...["Insert", "PageUp", "PageDown", "Pause", "ScrollLock"],
];
/** Payment alone may have the space bar: on a button it presses the button. */
const alsoForPay = " ";

export type KeyFault =
  /** Scanners type digits, letters and Enter: such a key would act in the middle of a barcode. */
  | { readonly kind: "key-typed-by-scanners" }
  /** Moves the cursor, corrects or leaves, everywhere: Esc, Tab, arrows, Backspace, Delete, Home, End. */
  | { readonly kind: "key-is-fixed" }
  | { readonly kind: "key-taken"; readonly by: KeyAction };

export function placeOf(action: KeyAction): KeyPlace {
  return actions[action][0];
}

/** The map with another key for one action, or why that key cannot be had. */
export function withKey(map: KeyMap, action: KeyAction, key: string): Result<KeyMap, KeyFault> {
  if (!mayHave(action, key)) return fail({ kind: isTyped(key) ? "key-typed-by-scanners" : "key-is-fixed" });
  const by = holderOf(map, placeOf(action), key);
  if (by !== null && by !== action) return fail({ kind: "key-taken", by });
  return ok({ ...map, [action]: key });
}

/** The map with the keys of two actions of one place changed over; unchanged where either may not have the other's. */
export function swapped(map: KeyMap, one: KeyAction, other: KeyAction): KeyMap {
  if (placeOf(one) !== placeOf(other) || !mayHave(one, map[other]) || !mayHave(other, map[one])) return map;
  return { ...map, [one]: map[other], [other]: map[one] };
}

/** Which action of a place a key belongs to; null for none. */
export function holderOf(map: KeyMap, place: KeyPlace, key: string): KeyAction | null {
  return keyActions.find((action) => placeOf(action) === place && map[action] === key) ?? null;
}

/**
 * A map as somebody hands it over, such as a file of another version: whole, whatever it says. Of two that want one key
 * the first of the table has it; the other, and whoever is not named, has its usual key or the first that is left.
 */
export function keyMapOf(given: Readonly<Partial<Record<string, string>>>): KeyMap {
  const taken = new Map<KeyAction, string>();
  const isLeft = (action: KeyAction, key: string): boolean =>
    mayHave(action, key) && !keyActions.some((one) => placeOf(one) === placeOf(action) && taken.get(one) === key);
  for (const action of keyActions) {
    const key = given[action];
    if (key !== undefined && isLeft(action, key)) taken.set(action, key);
  }
  for (const action of keyActions) {
    if (taken.has(action)) continue;
    const key = [defaultKeys[action], ...freeKeys].find((one) => isLeft(action, one));
    assert(key !== undefined, "a place has fewer actions than there are keys");
    taken.set(action, key);
  }
  // Both loops leave no action out.
  return Object.fromEntries(taken) as KeyMap;
}

/** No two actions of a place on one key, and each on a key it may have. */
export function isWhole(map: KeyMap): boolean {
  return keyActions.every(
    (action) => mayHave(action, map[action]) && holderOf(map, placeOf(action), map[action]) === action,
  );
}

function mayHave(action: KeyAction, key: string): boolean {
  return freeKeys.includes(key) || (action === "pay" && key === alsoForPay);
}

function isTyped(key: string): boolean {
  return key === "Enter" || Array.from(key).length === 1;
}
