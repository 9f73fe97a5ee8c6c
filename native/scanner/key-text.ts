/** Key codes of Linux (input-event-codes.h): where a key is, not what a layout makes of it. */
const rows = [
  { first: 2, plain: "1234567890-=", shifted: "!@#$%^&*()_+" },
  { first: 16, plain: "qwertyuiop[]", shifted: "QWERTYUIOP{}" },
  { first: 30, plain: "asdfghjkl;'`", shifted: 'ASDFGHJKL:"~' },
  { first: 43, plain: "\\zxcvbnm,./", shifted: "|ZXCVBNM<>?" },
  { first: 71, plain: "789-456+1230.", shifted: "789-456+1230." },
] as const;
const single: Readonly<Record<number, string>> = {
  15: "\t",
  28: "\r",
  55: "*",
  57: " ",
  96: "\r",
  98: "/",
  117: "=",
};
const SHIFTS = [42, 54];
const CONTROLS = [29, 97];
const ALTS = [56, 100];
const CAPS_LOCK = 58;
const KEYPAD = { first: 71, last: 82 } as const;
const LOST = -1;
const DOWN = 1;
const UP = 0;
/** "0065": more digits than any code page needs. */
const ALT_DIGITS = 4;

/**
 * Turns a scanner's keys into what it typed. Scanners type as on a US keyboard, whatever layout the system has; GS comes
 * as Ctrl+], and models set to "ALT mode" send each character as its number on the keypad while Alt is held.
 */
export class KeyText {
  readonly #held = new Set<number>();
  #hasCaps = false;
  #altDigits = "";

  /** @param keys flat triples: microseconds, key code, 1 down, 2 repeated, 0 up */
  feed(keys: readonly number[]): string {
    let text = "";
    for (let at = 0; at + 2 < keys.length; at += 3) text += this.#take(keys[at + 1] ?? LOST, keys[at + 2] ?? UP);
    return text;
  }

  #take(code: number, value: number): string {
    if (code === LOST) return this.#forget();
    if (value === UP) {
      this.#held.delete(code);
      return ALTS.includes(code) ? this.#altCharacter() : "";
    }
    // A repeat is the kernel's own, for a scanner that was slow to let go: it was typed once.
    if (value !== DOWN) return "";
    this.#held.add(code);
    if (code === CAPS_LOCK) this.#hasCaps = !this.#hasCaps;
    if (this.#isHeld(ALTS)) return this.#noteAltDigit(code);
    return this.#character(code);
  }

  #character(code: number): string {
    const isShifted = this.#isHeld(SHIFTS);
    const row = rows.find(({ first, plain }) => code >= first && code < first + plain.length);
    if (row === undefined) return single[code] ?? "";
    const plain = row.plain[code - row.first] ?? "";
    const isLetter = plain >= "a" && plain <= "z";
    // Caps Lock turns letters only, and Shift turns them back.
    const typed = isShifted !== (isLetter && this.#hasCaps) ? (row.shifted[code - row.first] ?? "") : plain;
    if (!this.#isHeld(CONTROLS)) return typed;
    // Ctrl+] is GS, Ctrl+M is CR: the character's last five bits.
    return /^[@-_a-z]$/.test(plain) ? String.fromCharCode(plain.charCodeAt(0) & 0x1f) : "";
  }

  #noteAltDigit(code: number): string {
    if (code < KEYPAD.first || code > KEYPAD.last) return "";
    const digit = rows[4].plain[code - KEYPAD.first] ?? "";
    if (/^\d$/.test(digit) && this.#altDigits.length < ALT_DIGITS) this.#altDigits += digit;
    return "";
  }

  #altCharacter(): string {
    const number = Number(this.#altDigits === "" ? 0 : this.#altDigits);
    this.#altDigits = "";
    if (number === 0) return "";
    // Above ASCII it depends on a code page that the scanner does not say: a mark that is in no code, not a guess.
    return number < 0x80 ? String.fromCharCode(number) : "\uFFFD";
  }

  /** Keys were lost: what is held is not known any more. What was typed so far cannot be a whole code either. */
  #forget(): string {
    this.#held.clear();
    this.#altDigits = "";
    return "\uFFFD";
  }

  #isHeld(codes: readonly number[]): boolean {
    return codes.some((code) => this.#held.has(code));
  }
}
