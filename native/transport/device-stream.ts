import type { LinuxAddon, StreamEvent, StreamHandle } from "../addon/addon.ts";
import { loadLinuxAddon } from "../addon/load-addon.ts";

/** Longer than a print job waits for paper (ten minutes): whoever waits gives up first, and closes. */
const WRITE_DEADLINE_MS = 15 * 60_000;

export interface StreamListener {
  /** One call for each read of the device. */
  onBytes?(bytes: Buffer): void;
  /** A keyboard's keys, as `StreamEvent.keys` tells them. */
  onKeys?(keys: readonly number[]): void;
  /** At most once, and not for a close that was asked for. */
  onEnd(reason: string): void;
}

export type OpenedStream =
  | { readonly ok: true; readonly stream: DeviceStream }
  | { readonly ok: false; readonly absent: boolean; readonly reason: string };

/** Opens a Linux device node through the addon; says plainly when there is no addon. */
export function openDeviceStream(
  path: string,
  kind: "printer" | "reports" | "keyboard",
  listener: StreamListener,
): OpenedStream {
  const loaded = loadLinuxAddon();
  if (!loaded.ok) return { ok: false, absent: true, reason: loaded.reason };
  return DeviceStream.open(loaded.addon, path, kind, listener);
}

/** One open device of the addon, with promises in place of its events. */
export class DeviceStream {
  readonly #addon: LinuxAddon;
  readonly #listener: StreamListener;
  readonly #closed = Promise.withResolvers<void>();
  #handle: StreamHandle | null = null;
  #isClosing = false;
  #written: PromiseWithResolvers<void> | null = null;
  #answer: ((value: number | string | null) => void) | null = null;

  static open(
    addon: LinuxAddon,
    path: string,
    kind: "printer" | "reports" | "keyboard",
    listener: StreamListener,
  ): OpenedStream {
    const stream = new DeviceStream(addon, listener);
    const opened = addon.openStream(path, kind, (event) => stream.#heard(event));
    if (!opened.ok) {
      const absent = ["ENOENT", "ENXIO", "ENODEV", "ENOTTY"].includes(opened.code);
      const why = opened.code === "ENOTTY" ? `${path} is not a device of this kind` : opened.message;
      return { ok: false, absent, reason: why };
    }
    stream.#handle = opened.stream;
    return { ok: true, stream };
  }

  private constructor(addon: LinuxAddon, listener: StreamListener) {
    this.#addon = addon;
    this.#listener = listener;
  }

  /** Resolves when all bytes were taken and the device has room for more; rejects when it ended or took too long. */
  write(bytes: Buffer): Promise<void> {
    const written = Promise.withResolvers<void>();
    if (this.#handle === null || !this.#addon.writeStream(this.#handle, bytes, WRITE_DEADLINE_MS))
      return Promise.reject(new Error("device closed"));
    this.#written = written;
    return written.promise;
  }

  /** The printer port's status byte, null when it does not tell. */
  async status(): Promise<number | null> {
    const value = await this.#ask("status");
    return typeof value === "number" ? value : null;
  }

  close(): Promise<void> {
    this.#isClosing = true;
    if (this.#handle !== null) this.#addon.closeStream(this.#handle);
    return this.#closed.promise;
  }

  #ask(question: "status" | "id"): Promise<number | string | null> {
    const answer = Promise.withResolvers<number | string | null>();
    if (this.#handle === null || this.#answer !== null || !this.#addon.askStream(this.#handle, question))
      return Promise.resolve(null);
    this.#answer = answer.resolve;
    return answer.promise;
  }

  #heard(event: StreamEvent): void {
    if (!this.#isClosing) {
      for (const chunk of event.chunks) this.#listener.onBytes?.(chunk);
      if (event.keys.length > 0) this.#listener.onKeys?.(event.keys);
    }
    if (event.written !== null) this.#settleWrite(event.written);
    if (event.answer !== null) this.#settleAnswer(event.answer.ok ? event.answer.value : null);
    if (event.end !== null && !this.#isClosing) this.#listener.onEnd(event.end.message);
    if (!event.isClosed) return;
    this.#handle = null;
    this.#settleAnswer(null);
    this.#closed.resolve();
  }

  #settleWrite(written: NonNullable<StreamEvent["written"]>): void {
    const waiting = this.#written;
    this.#written = null;
    if (written.code === null) waiting?.resolve();
    else waiting?.reject(new Error(`${written.message} (${written.taken} bytes taken)`));
  }

  #settleAnswer(value: number | string | null): void {
    const waiting = this.#answer;
    this.#answer = null;
    waiting?.(value);
  }
}
