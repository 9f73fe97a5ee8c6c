import { encodeFrame, frameBytes, mostPayloadBytes } from "./frame.ts";
import { FrameReader, type LineEvent } from "./frame-reader.ts";

/** Between two bytes of a frame; a driver hands bytes over in pieces, and a busy machine pauses between them. */
export const mostPauseMs = 1_000;
/** For an ACK, once the frame is on the wire. */
export const ackWithinMs = 2_000;
/** After the first sending. */
export const mostRepeats = 3;
/** Messages that wait for their answers; the till's desk keeps fewer. The next one is refused with NAK. */
export const mostWaiting = 8;
/**
 * A frame whose ACK was lost comes again this soon at the latest, with nothing else between. The same bytes later than this
 * are a question asked again, and go to the desk like any other.
 */
const repeatWithinMs = (mostRepeats + 1) * ackWithinMs;

export interface LineParts {
  /** Puts bytes on the wire, in the order of the calls. @returns whether all of them left before the line ended */
  readonly write: (bytes: Buffer) => Promise<boolean>;
  /** A message arrived; its answer comes to `answer` under this number. */
  readonly deliver: (requestId: number, text: string) => void;
  readonly note: (words: string) => void;
  readonly now: () => number;
  /** @returns what takes it back */
  readonly after: (ms: number, callback: () => void) => () => void;
}

interface Taken {
  readonly requestId: number;
  readonly payload: Buffer;
  /** When it came last. */
  atMs: number;
  answer: Buffer | null;
}

/**
 * One connection with an old till: takes its frames, says ACK or NAK, hands each message on once, and sends each answer until
 * it is acknowledged. Knows nothing of what a message says: whatever gets lost here, the sender asks again, and the desk
 * answers the same question the same.
 */
export class LineSession {
  readonly #parts: LineParts;
  readonly #reader = new FrameReader();
  /** Numbers of messages without an answer yet. */
  readonly #waiting = new Set<number>();
  readonly #outgoing: Buffer[] = [];
  #last: Taken | null = null;
  #requests = 0;
  #isSending = false;
  #isClosed = false;
  #onAnswer: ((answer: "ack" | "nak" | "none") => void) | null = null;
  #stopPause = (): void => {};

  constructor(parts: LineParts) {
    this.#parts = parts;
  }

  /** Bytes that were part of nothing. */
  get noiseBytes(): number {
    return this.#reader.noiseBytes;
  }

  feed(bytes: Uint8Array): void {
    this.#stopPause();
    this.#take(this.#reader.feed(bytes));
    if (!this.#reader.isInFrame || this.#isClosed) return;
    this.#stopPause = this.#parts.after(mostPauseMs, () => this.#take(this.#reader.silence()));
  }

  /** The desk's answer. One for a connection that has ended is dropped by its owner: the old till asks for it again. */
  answer(requestId: number, text: string): void {
    if (!this.#waiting.delete(requestId)) return;
    const payload = Buffer.from(text, "utf8");
    if (payload.length > mostPayloadBytes) return this.#parts.note("an answer of more than 64 KiB was not sent");
    const frame = encodeFrame(payload);
    if (this.#last?.requestId === requestId) this.#last.answer = frame;
    this.#send(frame);
  }

  /** The connection is gone, and with it whatever was under way. */
  close(): void {
    this.#isClosed = true;
    this.#stopPause();
    this.#outgoing.length = 0;
    this.#onAnswer?.("none");
  }

  #take(events: readonly LineEvent[]): void {
    // One NAK for all that is damaged in a piece: a second one would only have the same frame sent twice.
    const damaged = events.find((event) => event.kind === "damaged");
    if (damaged !== undefined) this.#say("nak");
    for (const event of events) {
      if (event.kind === "message") this.#heard(event.payload);
      else if (event.kind !== "damaged") this.#onAnswer?.(event.kind);
    }
  }

  #heard(payload: Buffer): void {
    const atMs = this.#parts.now();
    const last = this.#last;
    if (last !== null && last.payload.equals(payload) && isSoonAfter(last.atMs, atMs)) {
      last.atMs = atMs;
      this.#say("ack");
      // Unless it is on its way already, or stands in line.
      if (last.answer !== null && !this.#outgoing.includes(last.answer)) this.#send(last.answer);
      return;
    }
    if (this.#waiting.size >= mostWaiting) return this.#say("nak");
    this.#requests += 1;
    const requestId = this.#requests;
    this.#last = { requestId, payload, atMs, answer: null };
    this.#waiting.add(requestId);
    this.#say("ack");
    this.#parts.deliver(requestId, textOf(payload));
  }

  #say(what: "ack" | "nak"): void {
    void this.#parts.write(Buffer.of(frameBytes[what]));
  }

  #send(frame: Buffer): void {
    if (this.#isClosed) return;
    this.#outgoing.push(frame);
    if (!this.#isSending) void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    for (let frame = this.#outgoing[0]; frame !== undefined; frame = this.#outgoing[0]) {
      const isTaken = await this.#sendOne(frame);
      if (this.#isClosed) break;
      if (isTaken) continue;
      this.#parts.note("an answer was not acknowledged; the old till has to ask for it");
      this.#outgoing.shift();
    }
    this.#isSending = false;
  }

  async #sendOne(frame: Buffer): Promise<boolean> {
    for (let turn = 0; turn <= mostRepeats; turn += 1) {
      const answered = this.#nextAnswer();
      if (!(await this.#parts.write(frame)) || this.#isClosed) return false;
      const stop = this.#parts.after(ackWithinMs, () => this.#onAnswer?.("none"));
      const answer = await answered;
      stop();
      if (answer === "ack") return true;
      if (this.#isClosed) return false;
    }
    return false;
  }

  /** Listened for from before the first byte leaves: an answer may be here before the driver says that it wrote. */
  #nextAnswer(): Promise<"ack" | "nak" | "none"> {
    const { promise, resolve } = Promise.withResolvers<"ack" | "nak" | "none">();
    this.#onAnswer = (answer) => {
      this.#onAnswer = null;
      // At once: in the same piece the question may come again, and what was acknowledged is on its way no more.
      if (answer === "ack") this.#outgoing.shift();
      resolve(answer);
    };
    return promise;
  }
}

function isSoonAfter(beforeMs: number, nowMs: number): boolean {
  const sinceMs = nowMs - beforeMs;
  return sinceMs >= 0 && sinceMs <= repeatWithinMs;
}

/** What is no UTF-8 becomes a text that is no JSON, and the desk says so: a name with a letter replaced would be a guess. */
function textOf(payload: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(payload);
  } catch {
    return "";
  }
}
