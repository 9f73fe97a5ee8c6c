import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { HostEvent } from "#contract/devices/messages.ts";
import type { Transport, TransportState } from "../transport/transport.ts";
import { Scanner } from "./scanner.ts";

/** A cable whose other end a test holds. */
class Cable implements Transport {
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
  say(text: string): void {
    for (const listener of this.#bytes) listener(Buffer.from(text, "latin1"));
  }
  turn(state: TransportState["state"]): void {
    this.#state = { state, reason: null };
    for (const listener of this.#states) listener(this.#state);
  }
}

let cable: Cable;
let scans: string[];
beforeEach(() => {
  vi.useFakeTimers();
  cable = new Cable();
  scans = [];
  const hear = (event: HostEvent): void => void (event.kind === "scan" && scans.push(event.text));
  const transport = { kind: "tcp", host: "scanner", port: 1 } as const;
  void new Scanner({ id: "scanner", transport, prefix: "" }, cable, hear);
});
afterEach(() => void vi.useRealTimers());

it("a code without a suffix is read at the pause after it", () => {
  cable.say("690123");
  vi.advanceTimersByTime(90);
  expect(scans).toEqual(["690123"]);
});

it("a scanner that has sent a suffix is waited for when the machine is busy, also after it was plugged in again", () => {
  cable.say("690123\r690");
  vi.advanceTimersByTime(300);
  cable.say("456\r");
  cable.turn("absent");
  cable.turn("ready");
  cable.say("690");
  vi.advanceTimersByTime(300);
  cable.say("789\r");
  expect(scans).toEqual(["690123", "690456", "690789"]);
});

it("half a code from before the cable was pulled joins no other", () => {
  cable.say("690123\r690");
  cable.turn("absent");
  cable.turn("ready");
  cable.say("690456\r");
  vi.advanceTimersByTime(1_000);
  expect(scans).toEqual(["690123", "690456"]);
});
