import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, write } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { promisify } from "node:util";
import { DrawerTwin } from "#simulators/drawer/drawer-twin.ts";
import { PrinterTwin } from "#simulators/printer/printer-twin.ts";
import { until } from "#tests/support/poll.ts";
import { farSide } from "./gadget.ts";

/** The devices on the gadget's side: what a person in the shop would hold in the hand. */

export interface FarPrinter {
  readonly twin: PrinterTwin;
  /** Open for as long as the guest lives: unbinding it while it is open breaks the kernel. */
  readonly fd: number;
  /** Calls back once, at the next bytes that arrive. */
  onNextBytes(listener: () => void): void;
}

const printerSide = "/dev/g_printer0";
const serialSide = "/dev/ttyGS0";
const writeSome = promisify(write);
const profile = { columns: 48, allowsFourByteChinese: false } as const;

/** The printer twin behind the gadget's printer function. */
export async function openFarPrinter(): Promise<FarPrinter> {
  const common = { now: Date.now, announce: () => {} };
  const drawer = new DrawerTwin({ pin: 2, isOpenHigh: true, ...common });
  const twin = new PrinterTwin({ profile, drawer, ...common });
  const file = await open(printerSide, constants.O_RDWR | constants.O_NONBLOCK);
  let onBytes: (() => void) | null = null;
  // A printer nobody listens to says it all the same; what does not fit is lost.
  twin.onReply((bytes) => void writeFully(file.fd, Buffer.from(bytes)).catch(() => {}));
  void readOn(file, twin, () => {
    onBytes?.();
    onBytes = null;
  });
  return { twin, fd: file.fd, onNextBytes: (listener) => (onBytes = listener) };
}

/** Reads as the twin has room: a printer without paper stops reading once its buffer is full. */
async function readOn(file: FileHandle, twin: PrinterTwin, heard: () => void): Promise<void> {
  const buffer = Buffer.alloc(8192);
  for (;;) {
    const bytesRead = await until("something arrives", () => readOnce(file, buffer), Number.POSITIVE_INFINITY);
    heard();
    if (twin.feed(Buffer.from(buffer.subarray(0, bytesRead)))) continue;
    const room = Promise.withResolvers<void>();
    const stop = twin.onRoom(room.resolve);
    await room.promise;
    stop();
  }
}

/**
 * Never blocks: a read that waits while the cable is pulled and put in again would wait for ever, because the gadget
 * queues its buffers only when a read begins.
 * @returns undefined while nothing is there, and while the plug is out of the socket
 */
async function readOnce(file: FileHandle, buffer: Buffer): Promise<number | undefined> {
  try {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
    return bytesRead === 0 ? undefined : bytesRead;
  } catch {
    return undefined;
  }
}

/** A scanner that types: US keyboard usages of the HID usage tables, page 7. */
export class FarKeyboard {
  readonly #fd = openSync(farSide("kbd"), "r+");

  /** Types digits and lower-case and upper-case letters, then Enter. */
  async scan(text: string): Promise<void> {
    for (const character of `${text}\n`) {
      const isUpper = character >= "A" && character <= "Z";
      await this.#report(isUpper ? 0x02 : 0, usageOf(character.toLowerCase()));
      await this.#report(0, 0);
    }
  }

  #report(modifiers: number, usage: number): Promise<void> {
    return writeFully(this.#fd, Buffer.from([modifiers, 0, usage, 0, 0, 0, 0, 0]));
  }
}

function usageOf(character: string): number {
  if (character === "\n") return 0x28;
  if (character === "0") return 0x27;
  if (character >= "1" && character <= "9") return 0x1e + Number(character) - 1;
  if (character >= "a" && character <= "z") return 0x04 + character.charCodeAt(0) - 0x61;
  throw new Error(`this scanner does not type ${character}`);
}

/** A HID-POS scanner, by the manual's table: 56 bytes of data a report. */
export class FarHidPos {
  readonly #fd = openSync(farSide("pos"), "r+");

  async scan(aim: string, text: string): Promise<void> {
    const data = Buffer.from(text);
    for (let from = 0; from < data.length; from += 56) {
      const part = data.subarray(from, from + 56);
      const report = Buffer.alloc(64);
      report.set([2, part.length], 0);
      report.write(aim, 2, "latin1");
      part.copy(report, 5);
      report[63] = from + 56 < data.length ? 1 : 0;
      await writeFully(this.#fd, report);
    }
  }
}

/** A scanner on a virtual serial port. */
export class FarSerial {
  #fd = openRaw();

  /** After the cable was out: pulling it hangs the line up for good. */
  open(): void {
    closeSync(this.#fd);
    this.#fd = openRaw();
  }

  scan(text: string): Promise<void> {
    return writeFully(this.#fd, Buffer.from(`${text}\r`));
  }
}

function openRaw(): number {
  const fd = openSync(serialSide, "r+");
  // Else the line would send a CR as CR LF.
  execFileSync("stty", ["-F", serialSide, "raw", "-echo"]);
  return fd;
}

async function writeFully(fd: number, bytes: Buffer): Promise<void> {
  let rest = bytes;
  while (rest.length > 0) {
    const { bytesWritten } = await writeSome(fd, rest);
    rest = rest.subarray(bytesWritten);
  }
}
