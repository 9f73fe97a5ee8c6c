import { describe, expect, it } from "vitest";
import { KeyText } from "./key-text.ts";

// Codes by the kernel's own names, written here by hand and not taken from the map under test.
const KEY = {
  LEFTCTRL: 29,
  LEFTSHIFT: 42,
  RIGHTSHIFT: 54,
  LEFTALT: 56,
  CAPSLOCK: 58,
  ENTER: 28,
  TAB: 15,
  KPENTER: 96,
  RIGHTBRACE: 27,
  A: 30,
  Z: 44,
  E: 18,
  M: 50,
  KP0: 82,
  KP5: 76,
  KP6: 77,
  "1": 2,
  "2": 3,
  "0": 11,
  "6": 7,
  "9": 10,
  MINUS: 12,
  SLASH: 53,
  SEMICOLON: 39,
  DOT: 52,
  BACKSLASH: 43,
  GRAVE: 41,
  F1: 59,
} as const;
type Name = keyof typeof KEY;

const down = (name: Name): number[] => [0, KEY[name], 1];
const up = (name: Name): number[] => [0, KEY[name], 0];
const press = (...names: readonly Name[]): number[] => names.flatMap((name) => [...down(name), ...up(name)]);
const holding = (held: Name, ...names: readonly Name[]): number[] => [...down(held), ...press(...names), ...up(held)];

const typed = (...keys: readonly number[][]): string => new KeyText().feed(keys.flat());

describe("KeyText", () => {
  it("types digits and an end, on either Enter or Tab", () => {
    expect(typed(press("6", "9", "0", "1", "2", "ENTER", "1", "KPENTER", "2", "TAB"))).toBe("69012\r1\r2\t");
  });

  it("holds Shift for as long as it is held, on either side", () => {
    expect(typed(press("A"), holding("LEFTSHIFT", "A", "Z", "1"), holding("RIGHTSHIFT", "SLASH"), press("A"))).toBe(
      "aAZ!?a",
    );
  });

  it("types an address as a QR code holds one", () => {
    const colon = holding("LEFTSHIFT", "SEMICOLON");
    expect(typed(press("E", "A"), colon, press("SLASH", "SLASH", "MINUS", "DOT", "BACKSLASH", "GRAVE"))).toBe(
      "ea://-.\\`",
    );
  });

  it("turns letters and only letters by Caps Lock, and back by Shift", () => {
    expect(typed(press("CAPSLOCK", "A", "1"), holding("LEFTSHIFT", "A", "1"), press("CAPSLOCK", "A"))).toBe("A1a!a");
  });

  it("reads the separator of a GS1 label, typed as Ctrl+], and a return typed as Ctrl+M", () => {
    expect(typed(press("1"), holding("LEFTCTRL", "RIGHTBRACE"), press("2"), holding("LEFTCTRL", "M"))).toBe("1\x1d2\r");
  });

  it("reads a number on the keypad under Alt as one character, and does not guess beyond ASCII", () => {
    const sixtyFive = [...down("LEFTALT"), ...press("KP6", "KP5"), ...up("LEFTALT")];
    const withZeros = [...down("LEFTALT"), ...press("KP0", "KP0", "KP6", "KP5"), ...up("LEFTALT")];
    const beyond = [...down("LEFTALT"), ...press("KP6", "KP5", "KP0"), ...up("LEFTALT")];
    expect(typed(sixtyFive, withZeros, beyond, holding("LEFTALT", "A"), press("A"))).toBe("AA\uFFFDa");
  });

  it("types a key once that the kernel repeats, and nothing for keys without a character", () => {
    expect(typed([0, KEY.A, 1, 0, KEY.A, 2, 0, KEY.A, 2, 0, KEY.A, 0], press("F1"))).toBe("a");
  });

  it("types keypad digits without Alt", () => {
    expect(typed(press("KP6", "KP5", "KP0"))).toBe("650");
  });

  it("spoils the code in which keys were lost, and holds no Shift after it", () => {
    expect(typed(down("LEFTSHIFT"), press("A"), [0, -1, 0], press("A"))).toBe("A\uFFFDa");
  });

  it("gives the same in whatever batches the keys arrive", () => {
    const keys = [...holding("LEFTSHIFT", "A", "Z"), ...press("1", "ENTER"), ...holding("LEFTCTRL", "RIGHTBRACE")];
    const text = new KeyText();
    let pieces = "";
    for (let at = 0; at < keys.length; at += 3) pieces += text.feed(keys.slice(at, at + 3));
    expect(pieces).toBe("AZ1\r\x1d");
  });
});
