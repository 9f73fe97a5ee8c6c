import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  defaultKeys,
  freeKeys,
  holderOf,
  isWhole,
  type KeyAction,
  keyActions,
  keyMapOf,
  placeOf,
  swapped,
  withKey,
} from "./key-map.ts";

const action = fc.constantFrom<KeyAction>(...keyActions);
const anyKey = fc.oneof(
  fc.constantFrom(...freeKeys, " ", "Enter", "Escape", "Tab", "ArrowUp", "Delete", "1", "a", "+", "中"),
  fc.string({ minLength: 1, maxLength: 12 }),
);

/** Whatever a person presses, one after another; refusals change nothing. */
const pressed = fc.array(fc.tuple(action, anyKey, fc.boolean()), { maxLength: 40 }).map((presses) => {
  let map = defaultKeys;
  for (const [which, key, swap] of presses) {
    const given = withKey(map, which, key);
    if (given.ok) map = given.value;
    else if (swap && given.fault.kind === "key-taken") map = swapped(map, which, given.fault.by);
  }
  return map;
});

describe("The keyboard", () => {
  it("has each action on one key of its own, whatever was pressed to change it", () => {
    fc.assert(
      fc.property(pressed, (map) => {
        expect(isWhole(map)).toBe(true);
        for (const one of keyActions) expect(holderOf(map, placeOf(one), map[one])).toBe(one);
      }),
    );
  });

  it("is whole however a file has it, and keeps what that file could say", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(action, fc.string()), anyKey), (given) => {
        expect(isWhole(keyMapOf(given))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(pressed, (map) => {
        expect(keyMapOf(map)).toEqual(map);
      }),
    );
  });

  it("never gives an action a key that a scanner types or that moves the cursor", () => {
    fc.assert(
      fc.property(action, anyKey, (which, key) => {
        const given = withKey(defaultKeys, which, key);
        if (given.ok) expect(freeKeys.includes(key) || (which === "pay" && key === " ")).toBe(true);
      }),
    );
    for (const key of ["0", "9", "A", "z", "Enter", "-"])
      expect(withKey(defaultKeys, "hold", key)).toEqual({ ok: false, fault: { kind: "key-typed-by-scanners" } });
    for (const key of ["Escape", "Tab", "ArrowDown", "Backspace", "Delete", "Home", "Shift"])
      expect(withKey(defaultKeys, "hold", key)).toEqual({ ok: false, fault: { kind: "key-is-fixed" } });
  });

  it("says who holds a key, and changes two over", () => {
    expect(withKey(defaultKeys, "hold", "F6")).toEqual({ ok: false, fault: { kind: "key-taken", by: "recall" } });
    expect(swapped(defaultKeys, "hold", "recall")).toEqual({ ...defaultKeys, hold: "F6", recall: "F5" });
    // F5 means something else in another place, and the space bar is payment's alone.
    expect(withKey(defaultKeys, "ask-attempt", "F3").ok).toBe(true);
    expect(swapped(defaultKeys, "pay", "hold")).toBe(defaultKeys);
  });

  it("finds room for an action whose usual key was given away before it was there", () => {
    const map = keyMapOf({ lock: "F12" });
    expect([map.lock, map.more]).toEqual(["F12", "F1"]);
  });
});
