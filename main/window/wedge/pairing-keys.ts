import type { TypedPairing } from "#contract/devices/pairing.ts";
import { characterOf } from "./us-layout.ts";
import type { WedgeKey } from "./wedge-assembler.ts";

/** A pause that no scanner makes within a code: what comes after it is another. Longer than any `maxKeyGapMs`. */
const restMs = 150;
/** A quick hand types 15 keys a second, and not eleven such characters in a row. */
const slowestMeanMs = 40;
/** As terminal.json takes it. */
const longestPrefix = 8;
/** Twice the scanner's own pace, and never so slow that a person's six quick keys could be a code. */
const gaps = { fewestMs: 30, mostMs: 50 } as const;
/** The code, an identifier, and more around it than can be taken away. */
const mostKeys = 64;

/**
 * Hears the pairing code among the keys of the till's window. It takes no key away but the one that ends the code, which
 * would press a button. Pure: whoever feeds it keeps the time and calls `silence` when it is due.
 */
export class PairingKeys {
  readonly #code: string;
  #text = "";
  #firstMs = 0;
  #lastMs = 0;
  #stalledMs = 0;

  constructor(code: string) {
    this.#code = code;
  }

  /** When `silence` is due, or null while no whole code waits for its end. */
  dueAtMs(): number | null {
    return this.#text.includes(this.#code) ? this.#lastMs + restMs : null;
  }

  /** `isEnd`: this key ended the code and is not for the page. */
  down(key: WedgeKey): { readonly isEnd: boolean; readonly typed: TypedPairing | null } {
    if (key.code.startsWith("Shift") || key.isAutoRepeat) return nothing;
    const gapMs = key.atMs - this.#lastMs - key.stallMs;
    if (gapMs > restMs) this.#forget(key.atMs);
    const suffix = endOf(key.code);
    const character = key.isControl || key.isAlt || key.isMeta ? null : characterOf(key.code, key.isShift, key.key);
    if (suffix === null && character === null) {
      this.#forget(key.atMs);
      return nothing;
    }
    this.#lastMs = key.atMs;
    this.#stalledMs += this.#text === "" ? 0 : key.stallMs;
    if (suffix === null) {
      this.#text = `${this.#text}${character}`.slice(0, mostKeys);
      return nothing;
    }
    const typed = this.#judge(suffix);
    this.#forget(key.atMs);
    return { isEnd: typed !== null, typed };
  }

  /** Nothing followed. */
  silence(): TypedPairing | null {
    const typed = this.#judge("none");
    this.#forget(this.#lastMs);
    return typed;
  }

  #judge(suffix: "enter" | "tab" | "none"): TypedPairing | null {
    const at = this.#text.indexOf(this.#code);
    if (at === -1) return null;
    const tookMs = this.#lastMs - this.#firstMs - this.#stalledMs;
    const meanMs = tookMs / this.#text.length;
    if (meanMs > slowestMeanMs) return null;
    const after = this.#text.slice(at + this.#code.length);
    if (after !== "") return { kind: "unfit", why: "printable-suffix", extra: after.slice(0, 16) };
    const before = this.#text.slice(0, at);
    const aim = /\][A-Za-z][0-9A-Za-z]/.exec(before)?.[0] ?? null;
    const prefix = aim === null ? before : before.replace(aim, "");
    if (prefix.length > longestPrefix) return { kind: "unfit", why: "long-prefix", extra: prefix.slice(0, 16) };
    const maxKeyGapMs = Math.min(gaps.mostMs, Math.max(gaps.fewestMs, Math.ceil(meanMs * 2)));
    return { kind: "fit", prefix, suffix, aim, maxKeyGapMs };
  }

  #forget(nowMs: number): void {
    this.#text = "";
    this.#firstMs = nowMs;
    this.#lastMs = nowMs;
    this.#stalledMs = 0;
  }
}

const nothing = { isEnd: false, typed: null } as const;

function endOf(code: string): "enter" | "tab" | null {
  if (code === "Enter" || code === "NumpadEnter") return "enter";
  return code === "Tab" ? "tab" : null;
}
