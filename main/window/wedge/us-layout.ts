/**
 * What a scanner means by a key: scanners type as if on an American keyboard, whatever the machine's layout, input method
 * or CapsLock make of it. By physical key (`KeyboardEvent.code`), without and with Shift.
 */
const characters: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => [`Key${letter}`, letter.toLowerCase() + letter]),
  ),
  ...Object.fromEntries([...")!@#$%^&*("].map((shifted, digit) => [`Digit${digit}`, `${digit}${shifted}`])),
  Space: "  ",
  Minus: "-_",
  Equal: "=+",
  BracketLeft: "[{",
  BracketRight: "]}",
  Backslash: "\\|",
  Semicolon: ";:",
  Quote: "'\"",
  Backquote: "`~",
  Comma: ",<",
  Period: ".>",
  Slash: "/?",
};

/** The keypad's keys, which are characters only while NumLock makes them so. */
const keypad: Readonly<Record<string, string>> = {
  ...Object.fromEntries([..."0123456789"].map((digit) => [`Numpad${digit}`, digit])),
  NumpadDecimal: ".",
  NumpadAdd: "+",
  NumpadSubtract: "-",
  NumpadMultiply: "*",
  NumpadDivide: "/",
};

/** The character of a key, or null where it is none. `key` is what the machine made of it. */
export function characterOf(code: string, isShift: boolean, key: string): string | null {
  const pair = characters[code];
  if (pair !== undefined) return pair[isShift ? 1 : 0] ?? null;
  return keypad[code] === key ? key : null;
}
