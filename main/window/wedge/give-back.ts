import type { KeyboardInputEvent, WebContents } from "electron";
import { characterOf } from "./us-layout.ts";
import type { WedgeKey } from "./wedge-assembler.ts";

/** Gives the page a key as if it had just been pressed: down, its character where it has one, and up. */
export function giveBack(contents: WebContents, key: WedgeKey): void {
  const modifiers = modifiersOf(key);
  const keyCode = keyCodeOf(key);
  contents.sendInputEvent({ type: "keyDown", keyCode, modifiers });
  const character = textOf(key);
  if (character !== null) contents.sendInputEvent({ type: "char", keyCode: character, modifiers });
  contents.sendInputEvent({ type: "keyUp", keyCode, modifiers });
}

/** Electron works out a letter from Shift alone: with CapsLock on it is Shift that the letter looks like. */
function modifiersOf({ key, isShift, isControl }: WedgeKey): NonNullable<KeyboardInputEvent["modifiers"]> {
  const looksShifted = /^[a-z]$/i.test(key) ? key !== key.toLowerCase() : isShift;
  return [...(looksShifted ? (["shift"] as const) : []), ...(isControl ? (["control"] as const) : [])];
}

/** Electron's names of keys: the keypad's have their own, so that the page hears the same physical key. */
function keyCodeOf({ code, key, isShift }: WedgeKey): string {
  const keypad = keypadNames[code] ?? (/^Numpad\d$/.test(code) ? `num${code.slice(-1)}` : undefined);
  if (keypad !== undefined) return keypad;
  if (code === "Space") return "Space";
  // A letter of another layout has no name; the key it lies on has.
  return /^[!-~]$/.test(key) ? key : (characterOf(code, isShift, key) ?? key);
}

/** What the key writes: the machine's character, not the scanner's. */
function textOf({ code, key, isControl }: WedgeKey): string | null {
  if (isControl) return null;
  if (code === "Enter" || code === "NumpadEnter") return "Enter";
  return [...key].length === 1 ? key : null;
}

const keypadNames: Readonly<Record<string, string>> = {
  NumpadDecimal: "numdec",
  NumpadAdd: "numadd",
  NumpadSubtract: "numsub",
  NumpadMultiply: "nummult",
  NumpadDivide: "numdiv",
  NumpadEnter: "Enter",
};
