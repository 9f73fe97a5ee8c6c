import type { PaperElement } from "#contract/bench/devices.ts";
import { isChineseLead, nameOf, readChinese } from "./chinese-text.ts";
import { asciiCharacter, characterOnPage } from "./code-pages.ts";
import type { Command } from "./command.ts";
import { graphicCommands } from "./graphic-commands.ts";
import { paperCommands } from "./paper-commands.ts";
import {
  PrintEngine,
  powerOnSettings,
  type Complaint,
  type DecoderEvent,
  type PrinterProfile,
} from "./print-engine.ts";
import { textCommands } from "./text-commands.ts";

/** A fault quotes this many bytes: enough to recognise a command, not enough to fill a screen with a picture. */
const MAX_QUOTED_BYTES = 32;

/**
 * Reads ESC/POS as strictly as no printer does: every command has its exact length, a command that is unknown, out of
 * range or used against its rules is a fault, and so is a character no glyph stands for. Written from Epson's
 * reference, independently of whatever wrote the bytes. Bytes may arrive in any pieces; what comes out is the same.
 *
 * After a fault the decoder goes on behind the offending bytes, as a printer would, so one slip shows as one or a few
 * faults and not as the end of the roll.
 */
export class EscPosDecoder {
  readonly #onEvent: (event: DecoderEvent) => void;
  readonly #profile: PrinterProfile;
  readonly #engine: PrintEngine;
  #offset = 0;
  /** The bytes of the command or two-byte character being received; empty between them. */
  #bytes: number[] = [];
  #command: Command | undefined;
  #needed = 0;

  constructor(profile: PrinterProfile, onEvent: (event: DecoderEvent) => void) {
    this.#profile = profile;
    this.#onEvent = onEvent;
    this.#engine = new PrintEngine(profile, onEvent);
  }

  feed(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.#take(byte);
      this.#offset += 1;
    }
  }

  /** Says that nothing will follow: a command or character cut off in the middle is a fault, and forgotten. */
  hangUp(): void {
    if (this.#bytes.length > 0) this.#fault("is unfinished, and nothing follows", "behind");
  }

  /** Power off and on: nothing is left of what was received and not printed. */
  powerCycle(): void {
    this.#forget();
    this.#engine.dropLine();
    this.#engine.settings = powerOnSettings(this.#profile);
  }

  /** Whether text waits on an unfinished line. */
  get hasUnprintedText(): boolean {
    return !this.#engine.isLineEmpty;
  }

  #take(byte: number): void {
    const first = this.#bytes[0];
    if (first === undefined) this.#begin(byte);
    else if (first >= 0x80) this.#continueCharacter(byte);
    else this.#continueCommand(byte);
  }

  #begin(byte: number): void {
    if (byte === 0x10 || (byte >= 0x1b && byte <= 0x1d)) this.#bytes = [byte];
    else if (byte === 0x0a) this.#engine.printLine();
    else if (byte === 0x0d) return; // CR prints nothing with automatic line feed off, which is how printers are sold.
    else if (byte === 0x09) this.#check([byte], this.#engine.tab());
    else if (byte < 0x20 || byte === 0x7f) this.#check([byte], "is a control byte no command begins with");
    else if (byte < 0x7f) this.#type([byte], asciiCharacter(this.#engine.settings.internationalSet, byte), "one-byte");
    else this.#beginHighByte(byte);
  }

  #beginHighByte(byte: number): void {
    const { chineseMode, codePage } = this.#engine.settings;
    if (chineseMode === "on") {
      if (isChineseLead(byte)) this.#bytes = [byte];
      else this.#check([byte], `begins no character of ${nameOf(this.#profile)}`);
    } else if (chineseMode === "unset") {
      this.#check([byte], "is above ASCII before FS & or FS . said whether Chinese mode is on");
    } else if (codePage === undefined) {
      this.#check([byte], "is above ASCII outside Chinese mode, and no code page is selected");
    } else {
      const character = characterOnPage(codePage, byte);
      if (character === undefined) this.#check([byte], `has no character on code page ${codePage}`);
      else this.#type([byte], character, "one-byte");
    }
  }

  #continueCharacter(byte: number): void {
    const bytes = [...this.#bytes, byte];
    const reading = readChinese(bytes, this.#profile);
    if (reading.kind === "more") {
      this.#bytes = bytes;
      return;
    }
    if (reading.kind === "character") {
      this.#forget();
      this.#type(bytes, reading.text, "two-byte");
      return;
    }
    // A control byte is not part of the broken character: it begins what comes next.
    const isControl = byte < 0x20;
    if (!isControl) this.#bytes = bytes;
    this.#fault(reading.complaint, isControl ? "behind" : "here");
    if (isControl) this.#begin(byte);
  }

  #continueCommand(byte: number): void {
    if (this.#command === undefined) {
      const found = commands.get(keyOf([...this.#bytes, byte]));
      if (found === undefined) {
        this.#refuseCommand(byte);
        return;
      }
      this.#bytes.push(byte);
      if (found === "prefix") return;
      this.#command = found;
      this.#needed = this.#bytes.length;
    } else {
      this.#bytes.push(byte);
    }
    if (this.#bytes.length === this.#needed) this.#finishCommand(this.#command);
  }

  /** A byte that continues no command is part of the fault, unless it begins something itself. */
  #refuseCommand(byte: number): void {
    const isControl = byte < 0x20;
    if (!isControl) this.#bytes.push(byte);
    this.#fault("is no command of this printer", isControl ? "behind" : "here");
    if (isControl) this.#begin(byte);
  }

  /** Called when as many bytes are there as were known to be needed: asks for more, or obeys. */
  #finishCommand(command: Command): void {
    const parameters = this.#bytes.slice(command.prefix.length);
    const length = typeof command.length === "number" ? command.length : command.length(parameters);
    if (typeof length === "string") {
      this.#fault(length);
    } else if (parameters.length < length) {
      this.#needed = command.prefix.length + length;
    } else {
      const complaint = command.obey(parameters, this.#engine);
      if (complaint === undefined) this.#forget();
      else this.#fault(complaint);
    }
  }

  #type(bytes: readonly number[], character: string, width: "one-byte" | "two-byte"): void {
    if (this.#engine.settings.qr.stored !== undefined) {
      // Once per store: one wrong length would otherwise complain about every spilled byte.
      this.#engine.settings.qr.stored = undefined;
      this.#check(bytes, "is text between storing a QR code and printing it: is the declared length too short?");
    }
    this.#check(bytes, this.#engine.type(character, width));
  }

  #check(bytes: readonly number[], complaint: Complaint): void {
    if (complaint === undefined) return;
    this.#bytes = [...bytes];
    this.#fault(complaint);
  }

  /** `here` when the byte at `#offset` is the last of `#bytes`, `behind` when they ended before it. */
  #fault(complaint: string, position: "here" | "behind" = "here"): void {
    const bytes = this.#bytes;
    const name = this.#command?.name ?? "";
    const bytesHex = bytes
      .slice(0, MAX_QUOTED_BYTES)
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join(" ");
    const offset = this.#offset - bytes.length + (position === "here" ? 1 : 0);
    this.#forget();
    const message = `byte ${offset}: ${name === "" ? bytesHex : `${name} (${bytesHex})`} ${complaint}`;
    this.#onEvent({ kind: "fault", fault: { offset, bytesHex, message } });
  }

  #forget(): void {
    this.#bytes = [];
    this.#command = undefined;
    this.#needed = 0;
  }
}

/** The command of each complete prefix, and "prefix" for each beginning of one. */
const commands: ReadonlyMap<number, Command | "prefix"> = new Map(
  [...textCommands, ...graphicCommands, ...paperCommands].flatMap((command) =>
    command.prefix.map((_, index): [number, Command | "prefix"] => {
      const isWhole = index === command.prefix.length - 1;
      return [keyOf(command.prefix.slice(0, index + 1)), isWhole ? command : "prefix"];
    }),
  ),
);

/** Up to three bytes as one number; the leading 1 keeps 1D and 00 1D apart. */
function keyOf(prefix: readonly number[]): number {
  return prefix.reduce((key, byte) => key * 256 + byte, 1);
}

/** A fault met by `decodeStrictly`. */
export class EscPosFault extends Error {
  override readonly name = "EscPosFault";
}

/** Decodes a whole document. Throws `EscPosFault` at the first fault, a cut-off command or an unprinted last line. */
export function decodeStrictly(bytes: Uint8Array, profile: PrinterProfile): PaperElement[] {
  const elements: PaperElement[] = [];
  const decoder = new EscPosDecoder(profile, (event) => {
    if (event.kind === "fault") throw new EscPosFault(event.fault.message);
    if (event.kind === "element") elements.push(event.element);
  });
  decoder.feed(bytes);
  decoder.hangUp();
  if (decoder.hasUnprintedText) throw new EscPosFault("the document ends with text that no line feed prints");
  return elements;
}
