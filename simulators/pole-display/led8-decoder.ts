import type { PoleState } from "#contract/bench/pole-display.ts";
import { PoleFaults } from "./pole-faults.ts";

const DIGITS = 8;

type Expecting =
  | { readonly kind: "nothing" }
  | { readonly kind: "escape" }
  | { readonly kind: "stx" }
  | { readonly kind: "row" }
  | { readonly kind: "digits"; readonly text: string }
  | { readonly kind: "lamp" }
  | { readonly kind: "lamps"; readonly flags: string }
  | { readonly kind: "baud" };

const lamps = ["none", "price", "total", "collect", "change"] as const;

/** A Chinese eight-digit LED display (客显): digits, and four lamps that say what they are. */
export class Led8Decoder {
  readonly faults = new PoleFaults();
  digits = "";
  lamp: PoleState["lamp"] = "none";
  #expecting: Expecting = { kind: "nothing" };

  feed(bytes: Uint8Array): void {
    for (const byte of bytes) this.#expecting = this.#take(byte, String.fromCharCode(byte));
  }

  #take(byte: number, letter: string): Expecting {
    const at = this.#expecting;
    switch (at.kind) {
      case "nothing":
        return this.#begin(byte);
      case "escape":
        return this.#escape(byte, letter);
      case "stx":
        if (letter === "L") return { kind: "lamps", flags: "" };
        return letter === "B" ? { kind: "baud" } : this.#fault(`STX ${byte}`);
      case "row":
        return letter === "A" ? { kind: "digits", text: "" } : this.#fault(`ESC Q ${byte}: it has one row`);
      case "digits":
        return this.#digit(at.text, byte, letter);
      case "lamp": {
        const lamp = lamps["01234".indexOf(letter)];
        if (lamp === undefined) return this.#fault(`ESC s ${byte}: no such lamp`);
        this.lamp = lamp;
        return nothing;
      }
      case "lamps":
        return this.#lampFlag(at.flags + letter);
      case "baud":
        return /[0-2]/.test(letter) ? nothing : this.#fault(`STX B ${byte}: no such speed`);
    }
  }

  #begin(byte: number): Expecting {
    if (byte === 0x1b) return { kind: "escape" };
    if (byte === 0x02) return { kind: "stx" };
    if (byte !== 0x0c) return this.#fault(`byte ${byte}`);
    this.digits = "";
    return nothing;
  }

  #escape(byte: number, letter: string): Expecting {
    if (letter === "Q") return { kind: "row" };
    if (letter === "s") return { kind: "lamp" };
    if (letter !== "@") return this.#fault(`ESC ${byte}`);
    this.digits = "";
    this.lamp = "none";
    return nothing;
  }

  #digit(text: string, byte: number, letter: string): Expecting {
    if (byte === 0x0d) {
      this.digits = text;
      return nothing;
    }
    if (!/[0-9.\- ]/.test(letter)) return this.#fault(`byte ${byte} among the digits`);
    const next = text + letter;
    // A point lights beside its digit and takes no place of its own.
    return next.replaceAll(".", "").length > DIGITS
      ? this.#fault("more than eight digits")
      : { kind: "digits", text: next };
  }

  /** Four flags, price to change, one each lamp. */
  #lampFlag(flags: string): Expecting {
    if (!/[01]$/.test(flags)) return this.#fault("STX L: a lamp is 0 or 1");
    if (flags.length < 4) return { kind: "lamps", flags };
    this.lamp = lamps[flags.indexOf("1") + 1] ?? "none";
    return nothing;
  }

  #fault(message: string): Expecting {
    this.faults.add(message);
    return nothing;
  }
}

const nothing: Expecting = { kind: "nothing" };
