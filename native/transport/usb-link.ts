import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import type { Link, LinkEvents, OpenedLink } from "./transport.ts";

/** How often a full device is offered the rest, and how often it is asked for answers. usblp has no event for either. */
const WRITE_RETRY_MS = 20;
const READ_POLL_MS = 50;
/** Status answers are a few bytes; usblp hands out one USB packet at a time. */
const READ_BYTES = 512;

/**
 * Opens the node of a USB printer (Linux usblp, /dev/usb/lpN) for one connection. Non-blocking, because a blocking
 * read or write of a stalled printer would hold a pool thread for ever. Only an existing character device is opened:
 * a missing printer must not become a file of receipts.
 */
export async function openUsbLink(path: string, events: LinkEvents): Promise<OpenedLink> {
  let file: FileHandle;
  try {
    file = await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    const code = codeOf(error);
    return { ok: false, absent: code === "ENOENT" || code === "ENXIO" || code === "ENODEV", reason: messageOf(error) };
  }
  if (!(await file.stat()).isCharacterDevice()) {
    await file.close();
    return { ok: false, absent: true, reason: `${path} is not a device` };
  }
  const link = new UsbLink(file, events);
  void link.read();
  return { ok: true, link };
}

class UsbLink implements Link {
  readonly #file: FileHandle;
  readonly #events: LinkEvents;
  #ended = false;

  constructor(file: FileHandle, events: LinkEvents) {
    this.#file = file;
    this.#events = events;
  }

  async send(bytes: Buffer): Promise<void> {
    let rest = bytes;
    while (rest.length > 0) {
      if (this.#ended) throw new Error("device closed");
      const taken = await this.#tryOnce(() => this.#file.write(rest, 0, rest.length, null).then((r) => r.bytesWritten));
      if (taken === 0) await pause(WRITE_RETRY_MS);
      rest = rest.subarray(taken);
    }
  }

  async read(): Promise<void> {
    const buffer = Buffer.alloc(READ_BYTES);
    while (!this.#ended) {
      try {
        const got = await this.#tryOnce(() => this.#file.read(buffer, 0, READ_BYTES, null).then((r) => r.bytesRead));
        if (this.#ended) return;
        if (got > 0) this.#events.onBytes(Buffer.from(buffer.subarray(0, got)));
        else await pause(READ_POLL_MS);
      } catch (error) {
        return this.#end(messageOf(error));
      }
    }
  }

  async close(): Promise<void> {
    const wasOpen = this.#file.fd >= 0;
    this.#end("closed");
    if (wasOpen) await this.#file.close();
  }

  /** 0 when the device has nothing, or no room, now. */
  async #tryOnce(call: () => Promise<number>): Promise<number> {
    try {
      return await call();
    } catch (error) {
      if (codeOf(error) === "EAGAIN") return 0;
      throw error;
    }
  }

  #end(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#events.onEnd(reason);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
