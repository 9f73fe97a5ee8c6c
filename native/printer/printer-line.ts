import type { PrinterConfig } from "#contract/config/devices.ts";
import type { PrinterTrouble } from "#contract/devices/messages.ts";
import { wireMs } from "../transport/open-transport.ts";
import type { Transport, WriteOutcome } from "../transport/transport.ts";
import { isPin3High, ReplyParser, troubleOf, type PrinterReply } from "./reply-parser.ts";
import { Turns } from "./turns.ts";

/** DLE EOT is answered at once even by a busy printer; a second leaves room for a slow network. */
const ANSWER_DEADLINE_MS = 1_000;
const QUESTION_WRITE_MS = 1_000;

type Condition =
  | { readonly kind: "answered"; readonly trouble: PrinterTrouble | null }
  /** No answer, or no connection to ask on. */
  | { readonly kind: "silent" };

export interface PrinterLineEvents {
  /** Its trouble has changed. */
  onTrouble(trouble: PrinterTrouble | null): void;
  /** What the drawer's switch says, at every answer. */
  onPin3(isHigh: boolean): void;
}

/** The conversation with one printer: its bytes out, its answers in, never two questions at once. */
export class PrinterLine {
  readonly config: PrinterConfig;
  readonly transport: Transport;
  /** False for printers that answer nothing: they are never asked. */
  readonly answers: boolean;
  /** Whether asking tells anything: the printer answers, or its system knows how it stands. */
  readonly isAskable: boolean;
  /** Whether it answered GS ( H last time; null until a first job told. Clones often ignore it. */
  confirms: boolean | null = null;
  readonly #parser = new ReplyParser();
  readonly #turns = new Turns();
  readonly #events: PrinterLineEvents;
  #trouble: PrinterTrouble | null = null;
  /** When what was written so far has left a serial port, whose driver takes seconds' worth of bytes at once. */
  #wireFreeAtMs = 0;
  #awaitedStatus: ((byte: number) => void) | null = null;
  #awaitedId: { readonly id: string; readonly arrived: () => void } | null = null;

  constructor(config: PrinterConfig, transport: Transport, events: PrinterLineEvents) {
    this.config = config;
    this.transport = transport;
    const { kind } = config.transport;
    // A spooler carries bytes one way only.
    this.answers = config.answersStatus && kind !== "virtual" && kind !== "spooler";
    this.isAskable = this.answers || kind === "usb" || kind === "spooler";
    this.#events = events;
    transport.onBytes((bytes) => {
      for (const reply of this.#parser.feed(bytes)) this.#heard(reply);
    });
    transport.onState(() => this.#parser.reset());
  }

  trouble(): PrinterTrouble | null {
    return this.#trouble;
  }

  /** Runs `speak` alone on the line, at a command boundary. */
  async inTurn<T>(speak: () => Promise<T>, urgent = false): Promise<T> {
    const done = await this.#turns.take(urgent);
    try {
      return await speak();
    } finally {
      done();
    }
  }

  /** Call it inside a turn. */
  write(bytes: Buffer, deadlineMs: number): Promise<WriteOutcome> {
    this.#wireFreeAtMs = Math.max(Date.now(), this.#wireFreeAtMs) + wireMs(this.config.transport, bytes.length);
    return this.transport.write(bytes, deadlineMs);
  }

  /**
   * DLE EOT 1, 2 and 4; a printer that does not answer, as one that takes no bytes for want of paper, is judged by what
   * its system says. Call it inside a turn.
   */
  async ask(): Promise<Condition> {
    const condition = this.answers ? await this.#askPrinter() : ({ kind: "silent" } as const);
    return condition.kind === "answered" ? condition : this.askSystem();
  }

  /** What the system says of it, without a byte sent. */
  async askSystem(): Promise<Condition> {
    const trouble = await this.transport.trouble();
    // A printer that answers nothing has no other way to say that it is well again.
    if (trouble === null && this.answers) return { kind: "silent" };
    this.noteTrouble(trouble);
    return { kind: "answered", trouble };
  }

  async #askPrinter(): Promise<Condition> {
    const answers: number[] = [];
    for (const question of [1, 2, 4]) {
      const byte = await this.#askOne(question);
      if (byte === null) {
        this.#parser.reset();
        return { kind: "silent" };
      }
      answers.push(byte);
    }
    const [printer = 0, offlineCause = 0, paper = 0] = answers;
    const trouble = troubleOf(printer, offlineCause, paper);
    this.noteTrouble(trouble);
    this.#events.onPin3(isPin3High(printer));
    return { kind: "answered", trouble };
  }

  /** Call it before the bytes that ask for it leave; `arrived` is called when the printer says that all is on paper. */
  awaitProcessId(id: string, arrived: () => void): void {
    this.#awaitedId = { id, arrived };
  }

  noteTrouble(trouble: PrinterTrouble | null): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#events.onTrouble(trouble);
  }

  async #askOne(question: number): Promise<number | null> {
    const answer = Promise.withResolvers<number | null>();
    this.#awaitedStatus = answer.resolve;
    // The question stands behind what is still on the wire.
    const wireBusyMs = Math.max(0, this.#wireFreeAtMs - Date.now());
    const timer = setTimeout(() => answer.resolve(null), ANSWER_DEADLINE_MS + wireBusyMs);
    const written = await this.write(Buffer.from([0x10, 0x04, question]), QUESTION_WRITE_MS);
    if (written.kind !== "taken") answer.resolve(null);
    const byte = await answer.promise;
    clearTimeout(timer);
    this.#awaitedStatus = null;
    return byte;
  }

  #heard(reply: PrinterReply): void {
    switch (reply.kind) {
      case "status":
        return this.#awaitedStatus?.(reply.byte);
      case "process-id":
        // An answer to an earlier job says nothing about this one.
        if (this.#awaitedId?.id === reply.id) this.#awaitedId.arrived();
        return;
      case "automatic":
        this.#events.onPin3(reply.isPin3High);
        return this.noteTrouble(reply.trouble);
    }
  }
}
