import type { WedgeScannerConfig } from "#contract/config/devices.ts";
import { characterOf } from "./us-layout.ts";
import { codeEnd, judgeBurst, mayBegin } from "./wedge-burst.ts";

/** A key going down, as the window hears it before the page does. */
export interface WedgeKey {
  /** The physical key, such as "KeyA". */
  readonly code: string;
  /** What the machine makes of it: "a", "A", "Enter", or "Process" where an input method took it. */
  readonly key: string;
  readonly isShift: boolean;
  readonly isControl: boolean;
  readonly isAlt: boolean;
  readonly isMeta: boolean;
  readonly isAutoRepeat: boolean;
  readonly atMs: number;
  /** Since the key before this one: how long nobody looked at keys, because this process was busy. */
  readonly stallMs: number;
}

export interface WedgeScan {
  readonly kind: "scan" | "garbled";
  readonly text: string;
  readonly aim: string | null;
  /** An input method had some of its keys, and may show them. */
  readonly wasComposed: boolean;
}

export interface WedgeStep {
  /** Whether the page gets this key now, or perhaps later. */
  readonly fate: "pass" | "hold";
  /** Held keys a person typed after all, oldest first: the page gets them before this one. */
  readonly released: readonly WedgeKey[];
  readonly scan: WedgeScan | null;
}

/** So many keys in a row this fast are no person's: an input method's share no longer sets them free. */
const surelyFast = 3;
/** Keys beyond this are counted no more; nothing this long is a code. */
const mostKeys = 300;

interface OpenBurst {
  text: string;
  held: WedgeKey[];
  lastMs: number;
  stallMs: number;
  wasComposed: boolean;
}

/**
 * Tells a scanner's keys from a person's. Keys that may be a code are held back; after a pause no scanner makes they are
 * a scan and gone, or a person's and given to the page, all of them and in their order. Keys that belong to no code set
 * free what is held and pass. Pure: whoever feeds it keeps the time and calls `silence`.
 */
export class WedgeAssembler {
  readonly #rules: WedgeScannerConfig;
  #burst: OpenBurst | null = null;

  constructor(rules: WedgeScannerConfig) {
    this.#rules = rules;
  }

  /** When `silence` is due, or null while nothing is held. */
  dueAtMs(): number | null {
    return this.#burst === null ? null : this.#burst.lastMs + this.#rules.transport.maxKeyGapMs;
  }

  down(key: WedgeKey): WedgeStep {
    if (/^Shift/.test(key.code)) return this.#shift(key);
    const late = this.#isLate(key) ? this.#end() : nothing;
    const step = this.#take(key);
    return { ...step, released: [...late.released, ...step.released], scan: late.scan ?? step.scan };
  }

  /** Nothing came for the whole gap: what is held is decided upon. */
  silence(): WedgeStep {
    return { fate: "pass", ...this.#end() };
  }

  #take(key: WedgeKey): WedgeStep {
    const character = this.#characterOf(key);
    const isComposed = key.key === "Process";
    if (character === null || key.isAutoRepeat || (this.#burst === null && character === codeEnd)) {
      return { fate: "pass", released: this.#release(), scan: null };
    }
    const text = `${this.#burst?.text ?? ""}${character}`;
    if (!mayBegin(text, this.#rules.prefix)) return { fate: "pass", released: this.#release(), scan: null };
    const burst = (this.#burst ??= { text: "", held: [], lastMs: 0, stallMs: 0, wasComposed: false });
    burst.lastMs = key.atMs;
    burst.stallMs += key.stallMs;
    burst.wasComposed ||= isComposed;
    if (burst.text.length < mostKeys) burst.text = text;
    if (!isComposed) {
      if (burst.held.length < mostKeys) burst.held.push(key);
      return { fate: "hold", released: [], scan: null };
    }
    // The input method has this key already and the page hears nothing of it; what came before must not come after.
    const released = burst.text.length <= surelyFast ? burst.held.splice(0) : [];
    return { fate: "pass", released, scan: null };
  }

  /** Shift changes no text by itself; it passes, and keeps a code together. */
  #shift(key: WedgeKey): WedgeStep {
    if (this.#isLate(key)) return { fate: "pass", ...this.#end() };
    if (this.#burst !== null) {
      this.#burst.lastMs = key.atMs;
      this.#burst.stallMs += key.stallMs;
    }
    return { fate: "pass", released: [], scan: null };
  }

  #characterOf(key: WedgeKey): string | null {
    // How a wedge types the GS between two fields of a GS1 label.
    if (key.isControl && !key.isAlt && key.code === "BracketRight" && this.#burst !== null) return "\u001d";
    if (key.isControl || key.isAlt || key.isMeta || key.key === "Dead") return null;
    if (isCodeEnd(key.code)) return codeEnd;
    return characterOf(key.code, key.isShift, key.key);
  }

  #isLate(key: WedgeKey): boolean {
    if (this.#burst === null) return false;
    return key.atMs - this.#burst.lastMs - key.stallMs > this.#rules.transport.maxKeyGapMs;
  }

  #end(): Omit<WedgeStep, "fate"> {
    const burst = this.#burst;
    if (burst === null) return nothing;
    const verdict = judgeBurst(burst, this.#rules);
    if (verdict.kind === "typed") return { released: this.#release(), scan: null };
    this.#burst = null;
    const { text, aim } = verdict.kind === "scan" ? verdict : { text: "", aim: null };
    return { released: [], scan: { kind: verdict.kind, text, aim, wasComposed: burst.wasComposed } };
  }

  #release(): readonly WedgeKey[] {
    const held = this.#burst?.held ?? [];
    this.#burst = null;
    return held;
  }
}

const nothing: Omit<WedgeStep, "fate"> = { released: [], scan: null };

function isCodeEnd(code: string): boolean {
  return code === "Enter" || code === "NumpadEnter" || code === "Tab";
}
