import { constants, openSync } from "node:fs";
import { ReadStream } from "node:tty";
import { until } from "#tests/support/poll.ts";
import { type Json, serviceOf } from "../messages.ts";
import { frameOf, PosReader } from "../serial-pos.ts";

/* The rules of docs/LEGACY.md, "Serial frame", at the old till's end. */
const ackWithinMs = 2_000;
const mostTimes = 4;
const mostPauseMs = 1_000;
/** A till that died behind its ACK answers nothing: asked again after this, it says how far it is. */
const answerWithinMs = 10_000;

/** The old till's end of a cable whose other end may be a till that is dead. */
export class OldTillLine {
  readonly #port: ReadStream;
  readonly #reader = new PosReader();
  #lastMs = 0;
  #signals = 0;
  #isTaken = false;
  readonly #answers = new Map<string, Json>();

  constructor(path: string) {
    // A terminal is one stream in both directions, whatever Node calls it.
    this.#port = new ReadStream(openSync(path, constants.O_RDWR | constants.O_NOCTTY));
    this.#port.on("data", (bytes: Buffer) => this.#heard(bytes));
  }

  /** Sends until it is acknowledged, then waits for the answer of this very request; rejects where either never comes. */
  async ask(text: string, service: string, onLeft: () => void): Promise<Json> {
    this.#answers.clear();
    this.#isTaken = false;
    for (let time = 0; time < mostTimes && !this.#isTaken; time += 1) {
      const before = this.#signals;
      this.#port.write(frameOf(text), () => (time === 0 ? onLeft() : undefined));
      // A NAK, or nothing: once more.
      await until("a signal", () => this.#signals > before, ackWithinMs).catch(() => null);
    }
    if (!this.#isTaken) throw new Error("nobody takes it at the other end");
    return until("the answer", () => this.#answers.get(service), answerWithinMs);
  }

  /** Any bytes, and nothing is expected of them. */
  throwAt(bytes: Uint8Array): void {
    this.#port.write(bytes);
  }

  close(): void {
    this.#port.destroy();
  }

  #heard(bytes: Buffer): void {
    const nowMs = performance.now();
    if (nowMs - this.#lastMs > mostPauseMs) this.#reader.forget();
    this.#lastMs = nowMs;
    for (const heard of this.#reader.feed(bytes)) {
      if (heard.kind === "ack" || heard.kind === "nak") {
        this.#signals += 1;
        this.#isTaken ||= heard.kind === "ack";
        continue;
      }
      this.#port.write(Buffer.of(heard.kind === "message" ? 6 : 21));
      if (heard.kind !== "message") continue;
      const answer = JSON.parse(heard.text) as Json; // whatever it is
      this.#answers.set(serviceOf(answer), answer);
    }
  }
}
