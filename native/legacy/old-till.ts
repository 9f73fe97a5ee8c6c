import { randomUUID } from "node:crypto";
import type { OldTillConfig } from "#contract/config/devices.ts";
import type { HostEvent } from "#contract/devices/messages.ts";
import type { Device } from "../device-group.ts";
import { wireMs } from "../transport/open-transport.ts";
import { onLine } from "../transport/serial-line.ts";
import type { Transport } from "../transport/transport.ts";
import { LineSession } from "./line-session.ts";

/** What most old tills have their second port set to. */
export const oldTillLine = { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1 } as const;
/** Beside the wire's own time: what a busy machine takes to hand 64 KiB to its driver. */
const WRITE_SPARE_MS = 2_000;

/** The line to an old till that pays by this one: what it asks goes to main, and main's answers come back here. */
export class OldTill implements Device {
  readonly #config: OldTillConfig;
  readonly #transport: Transport;
  readonly #report: (event: HostEvent) => void;
  #session: { readonly connection: number; readonly id: string; readonly line: LineSession } | null = null;
  #writes: Promise<unknown> = Promise.resolve();

  constructor(config: OldTillConfig, transport: Transport, report: (event: HostEvent) => void) {
    this.#config = config;
    this.#transport = transport;
    this.#report = report;
    transport.onBytes((bytes) => this.#current()?.line.feed(bytes));
    transport.onState(() => {
      this.#current();
      this.tell();
    });
  }

  tell(): void {
    const { state, reason } = this.#transport.current();
    this.#report({ kind: "device-state", deviceId: this.#config.id, role: "old-till", state, reason, trouble: null });
  }

  /** An answer to something asked over a connection that has ended is dropped: the old till asks for it again. */
  answer(askId: string, text: string): void {
    const session = this.#current();
    const [id, requestId] = askId.split("/");
    if (session?.id === id) session?.line.answer(Number(requestId), text);
  }

  async close(): Promise<void> {
    this.#session?.line.close();
    await this.#transport.close();
  }

  /** The session of the connection that is up; another connection begins another one, with nothing left of the last. */
  #current() {
    const connection = this.#transport.connection();
    if (this.#session?.connection === connection) return this.#session;
    this.#session?.line.close();
    this.#session = connection === null ? null : { connection, ...this.#open(connection) };
    return this.#session;
  }

  #open(connection: number) {
    const { id: deviceId } = this.#config;
    const id = randomUUID();
    const line = new LineSession({
      write: (bytes) => this.#write(connection, bytes),
      deliver: (requestId, text) => {
        this.#report({ kind: "old-till-asked", deviceId, askId: `${id}/${requestId}`, text });
      },
      note: (note) => this.#report({ kind: "note", deviceId, note }),
      now: () => performance.now(),
      after(ms, callback) {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    });
    return { id, line };
  }

  /** One after the other: an ACK must not stand in the middle of an answer. */
  #write(connection: number, bytes: Buffer): Promise<boolean> {
    const written = this.#writes.then(async () => {
      if (this.#transport.connection() !== connection) return false;
      const onWireMs = wireMs(onLine(this.#config.transport, oldTillLine), bytes.length);
      const outcome = await this.#transport.write(bytes, onWireMs + WRITE_SPARE_MS);
      if (outcome.kind === "stalled") return (await outcome.rest) === "taken";
      return outcome.kind === "taken";
    });
    this.#writes = written;
    return written;
  }
}
