import type { WedgeScannerConfig } from "#contract/config/devices.ts";
import { characterOf } from "./us-layout.ts";
import { codeEnd, fewestMarked, isTooFast, judgeBurst, mayBegin } from "./wedge-burst.ts";

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

/** A scanner on a busy machine may pause this many gaps once it is known to be one; a person is not made to wait. */
const patience = 4;
/** A scan begins after this much rest: what follows typed keys sooner may be the end of a code whose beginning was lost. */
const restMs = 150;
/** An end of code this soon after one belongs to it and not to the page. */
const strayEndMs = 250;
/** Keys beyond this are counted no more; nothing this long is a code. */
const mostKeys = 400;

interface OpenBurst {
  text: string;
  held: WedgeKey[];
  lastMs: number;
  stallMs: number;
  wasComposed: boolean;
  /** Nothing was typed just before it. */
  readonly isRested: boolean;
}

/**
 * Tells a scanner's keys from a person's. Keys that may be a code are held back; after a pause no scanner makes they are
 * a scan and gone, or a person's and given to the page, all of them and in their order. Keys that belong to no code set
 * free what is held and pass. Pure: whoever feeds it keeps the time and calls `silence`.
 */
export class WedgeAssembler {
  readonly #rules: WedgeScannerConfig;
  #burst: OpenBurst | null = null;
  /** When the last key of a person's run was pressed, and the last one of a code. */
  #releasedMs = Number.NEGATIVE_INFINITY;
  #codeEndedMs = Number.NEGATIVE_INFINITY;

  constructor(rules: WedgeScannerConfig) {
    this.#rules = rules;
  }

  /** When `silence` is due, or null while nothing is held. */
  dueAtMs(): number | null {
    return this.#burst === null ? null : this.#burst.lastMs + this.#gapMs(this.#burst);
  }

  down(key: WedgeKey): WedgeStep {
    if (key.code.startsWith("Shift")) return this.#shift(key);
    const late = this.#isLate(key) ? this.#end() : nothing;
    const step = this.#isStrayEnd(key) ? swallowed : this.#take(key);
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
    const burst = (this.#burst ??= this.#begin(key));
    burst.lastMs = key.atMs;
    burst.stallMs += key.stallMs;
    burst.wasComposed ||= isComposed;
    if (burst.text.length < mostKeys) burst.text = text;
    if (!isComposed) {
      if (burst.held.length < mostKeys) burst.held.push(key);
      return { fate: "hold", released: [], scan: null };
    }
    // The input method has this key already and the page hears nothing of it; what came before must not come after.
    const released = burst.text.length <= fewestMarked ? burst.held.splice(0) : [];
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
    return key.atMs - this.#burst.lastMs - key.stallMs > this.#gapMs(this.#burst);
  }

  /** The longest pause that does not end this run: longer where it can only be a code that is not over yet. */
  #gapMs({ text, stallMs }: OpenBurst): number {
    const { prefix, transport } = this.#rules;
    const isMarked = prefix !== "" && text.startsWith(prefix) && text.length >= prefix.length + fewestMarked;
    const isScanner = isMarked || isTooFast(text, stallMs);
    return transport.maxKeyGapMs * (isScanner && !text.endsWith(codeEnd) ? patience : 1);
  }

  /** The Enter of a code that was judged without it. */
  #isStrayEnd(key: WedgeKey): boolean {
    const isEnd = this.#burst === null && isCodeEnd(key.code) && !key.isAutoRepeat;
    return isEnd && key.atMs - key.stallMs - this.#codeEndedMs < strayEndMs;
  }

  #begin(key: WedgeKey): OpenBurst {
    const isRested = key.atMs - this.#releasedMs >= restMs;
    return { text: "", held: [], lastMs: 0, stallMs: 0, wasComposed: false, isRested };
  }

  #end(): Omit<WedgeStep, "fate"> {
    const burst = this.#burst;
    if (burst === null) return nothing;
    const verdict = judgeBurst(burst, this.#rules);
    if (verdict.kind === "typed") return { released: this.#release(), scan: null };
    this.#burst = null;
    this.#codeEndedMs = burst.lastMs;
    const isWhole = verdict.kind === "scan" && (burst.isRested || this.#rules.prefix !== "");
    const { text, aim } = isWhole ? verdict : { text: "", aim: null };
    return {
      released: [],
      scan: { kind: isWhole ? "scan" : "garbled", text, aim, wasComposed: burst.wasComposed },
    };
  }

  #release(): readonly WedgeKey[] {
    const { held, lastMs } = this.#burst ?? { held: [], lastMs: this.#releasedMs };
    this.#releasedMs = lastMs;
    this.#burst = null;
    return held;
  }
}

const nothing: Omit<WedgeStep, "fate"> = { released: [], scan: null };
const swallowed: WedgeStep = { fate: "hold", released: [], scan: null };

function isCodeEnd(code: string): boolean {
  return code === "Enter" || code === "NumpadEnter" || code === "Tab";
}
