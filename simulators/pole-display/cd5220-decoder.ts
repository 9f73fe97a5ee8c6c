import { PoleFaults } from "./pole-faults.ts";

const COLUMNS = 20;
const ESC = 0x1b;
const CR = 0x0d;
const CLR = 0x0c;
const CAN = 0x18;

type Expecting =
  | { readonly kind: "nothing" }
  | { readonly kind: "escape" }
  | { readonly kind: "row" }
  | { readonly kind: "string"; readonly row: 0 | 1; readonly bytes: number[] }
  | { readonly kind: "position"; readonly bytes: number[] }
  | { readonly kind: "brightness" };

/** A CD5220 that obeys its bytes: two rows of twenty columns. What it does not know is a fault and shows nothing. */
export class Cd5220Decoder {
  readonly faults = new PoleFaults();
  readonly #isChinese: boolean;
  #rows: [string, string] = [blank, blank];
  #expecting: Expecting = { kind: "nothing" };
  /** Entered by ESC Q; then only strings, CLR and CAN are understood. */
  #isInStringMode = false;
  #cursor = { row: 0, column: 0 };

  constructor(isChinese: boolean) {
    this.#isChinese = isChinese;
  }

  get upper(): string {
    return this.#rows[0];
  }

  get lower(): string {
    return this.#rows[1];
  }

  feed(bytes: Uint8Array): void {
    for (const byte of bytes) this.#take(byte);
  }

  #take(byte: number): void {
    const at = this.#expecting;
    switch (at.kind) {
      case "nothing":
        return this.#begin(byte);
      case "escape":
        return this.#escape(byte);
      case "row":
        if (byte !== 0x41 && byte !== 0x42) return this.#fault(`ESC Q ${hex(byte)}: no such row`);
        this.#expecting = { kind: "string", row: byte === 0x41 ? 0 : 1, bytes: [] };
        return;
      case "string":
        if (byte === CR) return this.#showString(at.row, at.bytes);
        if (byte < 0x20) return this.#fault(`control byte ${hex(byte)} inside a string`);
        if (at.bytes.length >= 2 * COLUMNS) return this.#fault("a string longer than the row");
        at.bytes.push(byte);
        return;
      case "position": {
        at.bytes.push(byte);
        if (at.bytes.length < 2) return;
        const [x = 0, y = 0] = at.bytes;
        if (x < 1 || x > COLUMNS || y < 1 || y > 2) return this.#fault(`ESC l ${x} ${y}: no such place`);
        this.#cursor = { row: y - 1, column: x - 1 };
        this.#expecting = { kind: "nothing" };
        return;
      }
      case "brightness":
        if (byte < 1 || byte > 4) return this.#fault(`ESC * ${hex(byte)}: no such brightness`);
        this.#expecting = { kind: "nothing" };
    }
  }

  #begin(byte: number): void {
    if (byte === ESC) this.#expecting = { kind: "escape" };
    else if (byte === CLR) {
      this.#rows = [blank, blank];
      this.#cursor = { row: 0, column: 0 };
      this.#isInStringMode = false;
    } else if (byte === CAN) {
      this.#rows[this.#cursor.row === 0 ? 0 : 1] = blank;
      this.#isInStringMode = false;
    } else if (byte >= 0x20 && byte < 0x7f && !this.#isInStringMode) this.#write(String.fromCharCode(byte));
    else this.#fault(`${hex(byte)}${this.#isInStringMode ? " in string mode" : ""}`);
  }

  #escape(byte: number): void {
    switch (String.fromCharCode(byte)) {
      case "@":
        this.#rows = [blank, blank];
        this.#cursor = { row: 0, column: 0 };
        this.#isInStringMode = false;
        this.#expecting = { kind: "nothing" };
        return;
      case "Q":
        this.#isInStringMode = true;
        this.#expecting = { kind: "row" };
        return;
      case "l":
        this.#expecting = this.#isInStringMode ? { kind: "nothing" } : { kind: "position", bytes: [] };
        if (this.#isInStringMode) this.faults.add("ESC l in string mode");
        return;
      case "*":
        this.#expecting = { kind: "brightness" };
        return;
      default:
        this.#fault(`ESC ${hex(byte)}`);
    }
  }

  #showString(row: 0 | 1, bytes: readonly number[]): void {
    this.#expecting = { kind: "nothing" };
    if (bytes.length > COLUMNS) return this.faults.add(`a string of ${bytes.length} columns`);
    const isAscii = bytes.every((byte) => byte < 0x7f);
    if (!isAscii && !this.#isChinese) return this.faults.add("a byte above 7E on a display without Chinese");
    const text = new TextDecoder("gb18030").decode(Uint8Array.from(bytes));
    if (text.includes("\uFFFD")) return this.faults.add("half a Chinese character");
    this.#rows[row] = text + " ".repeat(COLUMNS - bytes.length);
  }

  #write(character: string): void {
    const { row, column } = this.#cursor;
    const text = this.#rows[row === 0 ? 0 : 1];
    this.#rows[row === 0 ? 0 : 1] = text.slice(0, column) + character + text.slice(column + 1);
    const isAtEnd = column + 1 >= COLUMNS;
    this.#cursor = { row: isAtEnd ? (row + 1) % 2 : row, column: isAtEnd ? 0 : column + 1 };
  }

  #fault(message: string): void {
    this.faults.add(message);
    this.#expecting = { kind: "nothing" };
  }
}

const blank = " ".repeat(COLUMNS);

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0").toUpperCase();
}
