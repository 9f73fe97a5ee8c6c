import type { Transport, TransportState } from "./transport.ts";

/** A line whose other end a test holds: it says what the device says, and plugs it in and out. */
export class TestingLine implements Transport {
  readonly #bytes: ((bytes: Buffer) => void)[] = [];
  readonly #states: ((state: TransportState) => void)[] = [];
  #state: TransportState = { state: "ready", reason: null };
  current = (): TransportState => this.#state;
  connection = (): number => 1;
  trouble = async (): Promise<null> => null;
  write = async () => ({ kind: "taken" }) as const;
  onBytes = (listener: (bytes: Buffer) => void): void => void this.#bytes.push(listener);
  onState = (listener: (state: TransportState) => void): void => void this.#states.push(listener);
  reconnect = (): void => {};
  close = async (): Promise<void> => {};

  hear(text: string): void {
    for (const listener of this.#bytes) listener(Buffer.from(text, "latin1"));
  }

  turn(state: TransportState["state"]): void {
    this.#state = { state, reason: null };
    for (const listener of this.#states) listener(this.#state);
  }
}
