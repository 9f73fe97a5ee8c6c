import type { PrinterTrouble } from "#contract/devices/messages.ts";

/** What a printer may say of itself. Vendor manuals agree on the fixed bits that tell the kinds apart. */
export type PrinterReply =
  /** One byte, the answer to DLE EOT n; which n is known only to who asked. */
  | { readonly kind: "status"; readonly byte: number }
  /** The answer to GS ( H: everything before it is on paper. */
  | { readonly kind: "process-id"; readonly id: string }
  /** Automatic status, four bytes nobody asked for. */
  | { readonly kind: "automatic"; readonly trouble: PrinterTrouble | null; readonly isPin3High: boolean };

const XON = 0x11;
const XOFF = 0x13;
const FRAME = [0x37, 0x22] as const;
const FRAME_LENGTH = 7;

/** Takes a printer's bytes in any pieces. What fits no known form is dropped: a wrong guess would be a false "printed". */
export class ReplyParser {
  #held: number[] = [];

  /** Forgets an unfinished reply: after a silence its rest will not come. */
  reset(): void {
    this.#held = [];
  }

  feed(bytes: Uint8Array): readonly PrinterReply[] {
    const replies: PrinterReply[] = [];
    for (const byte of bytes) {
      if (byte === XON || byte === XOFF) continue;
      const reply = this.#take(byte);
      if (reply !== null) replies.push(reply);
    }
    return replies;
  }

  #take(byte: number): PrinterReply | null {
    const first = this.#held[0];
    if (first === undefined) return this.#begin(byte);
    const belongs = first === FRAME[0] ? this.#fitsFrame(byte) : (byte & 0x90) === 0;
    if (!belongs) {
      this.#held = [];
      return this.#begin(byte);
    }
    this.#held.push(byte);
    return first === FRAME[0] ? this.#frame() : this.#automatic();
  }

  #begin(byte: number): PrinterReply | null {
    if ((byte & 0x93) === 0x12) return { kind: "status", byte };
    if (byte === FRAME[0] || (byte & 0x93) === 0x10) this.#held = [byte];
    return null;
  }

  #fitsFrame(byte: number): boolean {
    const at = this.#held.length;
    if (at === 1) return byte === FRAME[1];
    if (at === FRAME_LENGTH - 1) return byte === 0;
    return byte >= 0x20 && byte <= 0x7e;
  }

  #frame(): PrinterReply | null {
    if (this.#held.length < FRAME_LENGTH) return null;
    const id = String.fromCharCode(...this.#held.slice(2, 6));
    this.#held = [];
    return { kind: "process-id", id };
  }

  #automatic(): PrinterReply | null {
    if (this.#held.length < 4) return null;
    const [first = 0, errors = 0, paper = 0] = this.#held;
    this.#held = [];
    const isPin3High = (first & 0x04) !== 0;
    if (first & 0x20) return { kind: "automatic", trouble: "cover-open", isPin3High };
    if (paper & 0x0c) return { kind: "automatic", trouble: "paper-out", isPin3High };
    if (errors & 0x68) return { kind: "automatic", trouble: "error", isPin3High };
    return { kind: "automatic", trouble: first & 0x08 ? "offline" : null, isPin3High };
  }
}

/**
 * What the answers to DLE EOT 1, 2 and 4 say, the most useful first: with the cover open the paper sensor cannot know.
 */
export function troubleOf(printer: number, offlineCause: number, paper: number): PrinterTrouble | null {
  if (offlineCause & 0x04) return "cover-open";
  if (offlineCause & 0x20 || paper & 0x60) return "paper-out";
  if (offlineCause & 0x40) return "error";
  return printer & 0x08 ? "offline" : null;
}

/** The level of the drawer's switch on the connector, as the answer to DLE EOT 1 says it (bit 2). */
export function isPin3High(printer: number): boolean {
  return (printer & 0x04) !== 0;
}
