import type { PrinterTrouble } from "#contract/devices/messages.ts";
import type { Transport, TransportState, WriteOutcome } from "./transport.ts";

/** About a hundred receipts; older bytes are forgotten. */
const KEPT_BYTES = 256 * 1024;

/** A printer that is not there: takes everything, answers nothing, is always ready. For shops without paper, and for tests. */
export class VirtualTransport implements Transport {
  readonly #stateListeners: ((state: TransportState) => void)[] = [];
  #kept: Buffer = Buffer.alloc(0);
  #state: TransportState = { state: "ready", reason: null };

  constructor() {
    queueMicrotask(() => this.#tell());
  }

  /** What was written last, at most 256 KiB of it. */
  kept(): Buffer {
    return this.#kept;
  }

  current(): TransportState {
    return this.#state;
  }

  connection(): number | null {
    return this.#state.state === "ready" ? 1 : null;
  }

  async write(bytes: Buffer, _deadlineMs: number): Promise<WriteOutcome> {
    if (this.#state.state !== "ready") return { kind: "refused", reason: "closed" };
    this.#kept = Buffer.concat([this.#kept, bytes]).subarray(-KEPT_BYTES);
    return { kind: "taken" };
  }

  async trouble(): Promise<PrinterTrouble | null> {
    return null;
  }

  onBytes(_listener: (bytes: Buffer) => void): void {}

  onState(listener: (state: TransportState) => void): void {
    this.#stateListeners.push(listener);
  }

  reconnect(_reason: string): void {}

  async close(): Promise<void> {
    this.#state = { state: "closing", reason: "the till no longer uses it" };
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#stateListeners) listener(this.#state);
  }
}
