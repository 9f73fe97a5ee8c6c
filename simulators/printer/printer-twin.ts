import type { PrinterState, PrinterSwitches, PrinterSwitchesRequest } from "#contract/bench/devices.ts";
import type { Announce } from "../control/route.ts";
import type { DrawerTwin } from "../drawer/drawer-twin.ts";
import { EscPosDecoder } from "./escpos-decoder.ts";
import { PaperRoll } from "./paper-roll.ts";
import { PrinterAnswers } from "./printer-answers.ts";
import type { DecoderEvent, HostRequest, PrinterProfile } from "./print-engine.ts";
import { automaticStatus, isOffline, isReported, printerId, realTimeStatus, type Sensors } from "./printer-status.ts";
import { RealTimeScanner } from "./real-time.ts";

/** What a receipt printer buffers before it stops reading; big ones have 64 KiB. */
const RECEIVE_BUFFER_BYTES = 65_536;
/** 960 bytes a second, in pieces. */
const DRIP_MS = 50;
const DRIP_BYTES = 48;

const allWell: PrinterSwitches = {
  ...{ paperOut: false, coverOpen: false, unplugged: false, stalled: false },
  ...{ slow: false, noisy: false, disordered: false, breaking: false },
};

export interface PrinterTwinOptions {
  readonly profile: PrinterProfile;
  /** The drawer on its connector. */
  readonly drawer: DrawerTwin;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly announce: Announce;
}

/** Bytes, or the end of the connection they came by. */
type Received = Uint8Array | "hang-up";

/**
 * A receipt printer behind any stream of bytes: a TCP socket, a serial line, a pty. Obeys what it receives, answers
 * status requests truthfully, and stops like a real one: with the paper out or the cover open it holds what arrives and
 * goes on when it can, hung it reads nothing, unplugged it forgets.
 */
export class PrinterTwin {
  readonly #options: PrinterTwinOptions;
  readonly #decoder: EscPosDecoder;
  readonly #realTime = new RealTimeScanner();
  readonly #roll: PaperRoll;
  readonly #replyListeners = new Set<(bytes: Uint8Array) => void>();
  readonly #roomListeners = new Set<() => void>();
  readonly #switchListeners = new Set<(switches: PrinterSwitches) => void>();
  readonly #answers: PrinterAnswers;
  #switches: PrinterSwitches = allWell;
  #drip: NodeJS.Timeout | undefined;
  /** Arrived while hung: not even looked at. */
  #unread: Received[] = [];
  /** Received and answered in real time, but not printed: the paper is out or the cover open. */
  #held: Received[] = [];
  #heldBytes = 0;
  #automaticMask = 0;
  #reported: Sensors;

  constructor(options: PrinterTwinOptions) {
    this.#options = options;
    this.#roll = new PaperRoll(options.now);
    this.#decoder = new EscPosDecoder(options.profile, (event) => this.#obey(event));
    this.#reported = this.#sensors;
    this.#answers = new PrinterAnswers((bytes) => {
      for (const listener of this.#replyListeners) listener(bytes);
    });
    options.drawer.onChange(() => this.#reportChange());
  }

  /** Takes bytes as they arrive. False means: read no further until `onRoom` calls, the buffer is full or it hangs. */
  feed(bytes: Uint8Array): boolean {
    if (this.#switches.unplugged) return true;
    if (this.#isBehind) this.#wait(bytes);
    else this.#receive(bytes);
    return this.hasRoom;
  }

  /** Says that the connection the last bytes came by is over: a command cut off in the middle becomes a fault. */
  hangUp(): void {
    if (this.#switches.unplugged) return;
    if (this.#isBehind) this.#wait("hang-up");
    else this.#receive("hang-up");
  }

  /** Whether the printer would read on now. */
  get hasRoom(): boolean {
    const { stalled, slow } = this.#switches;
    return !stalled && this.#heldBytes < RECEIVE_BUFFER_BYTES && (!slow || this.#unread.length === 0);
  }

  get switches(): PrinterSwitches {
    return this.#switches;
  }

  /** Answers of the printer, to be sent to whoever is connected. Returns what ends the listening; so do the next two. */
  onReply(listener: (bytes: Uint8Array) => void): () => void {
    return listen(this.#replyListeners, listener);
  }

  onRoom(listener: () => void): () => void {
    return listen(this.#roomListeners, listener);
  }

  onSwitch(listener: (switches: PrinterSwitches) => void): () => void {
    return listen(this.#switchListeners, listener);
  }

  /** Moves switches; the others stay. What can go on, goes on at once. */
  turn(request: PrinterSwitchesRequest): void {
    this.#switches = { ...this.#switches, ...withoutUndefined(request) };
    if (this.#switches.unplugged) this.#losePower();
    for (const listener of this.#switchListeners) listener(this.#switches);
    this.#reportChange();
    this.#catchUp();
    this.#options.announce("printer");
  }

  /** Throws the papers and faults away. */
  tear(): void {
    this.#roll.clear();
    this.#options.announce("printer");
  }

  /** What a bench shows. `connections` is known to the transport only. */
  state(connections: number): PrinterState {
    const { papers, current, faults } = this.#roll;
    const { columns } = this.#options.profile;
    return { switches: this.#switches, columns, papers, current, faults, heldBytes: this.#heldBytes, connections };
  }

  get #sensors(): Sensors {
    const { paperOut, coverOpen } = this.#switches;
    return { isPaperOut: paperOut, isCoverOpen: coverOpen, isPin3High: this.#options.drawer.isPin3High };
  }

  /** What arrives now comes after what is still unread. */
  get #isBehind(): boolean {
    return this.#switches.stalled || this.#switches.slow || this.#unread.length > 0;
  }

  #wait(received: Received): void {
    this.#unread.push(received);
    if (!this.#switches.stalled) this.#dripOn();
  }

  #takeDrop(): void {
    if (this.#switches.stalled) return;
    const [next, ...rest] = this.#unread;
    const isLong = next !== undefined && next !== "hang-up" && next.length > DRIP_BYTES;
    this.#unread = isLong ? [next.subarray(DRIP_BYTES), ...rest] : rest;
    if (next !== undefined) this.#receive(isLong ? next.subarray(0, DRIP_BYTES) : next);
    if (this.#unread.length > 0) return;
    clearInterval(this.#drip);
    this.#drip = undefined;
    if (this.hasRoom) for (const listener of this.#roomListeners) listener();
  }

  #receive(received: Received): void {
    if (received !== "hang-up") {
      for (const byte of received) this.#answerInRealTime(byte);
      this.#heldBytes += received.length;
    }
    this.#held.push(received);
    this.#printHeld();
    this.#options.announce("printer");
  }

  #answerInRealTime(byte: number): void {
    const request = this.#realTime.take(byte);
    if (request?.kind === "status") this.#reply([realTimeStatus(request.n, this.#sensors)]);
    if (request?.kind === "pulse") this.#options.drawer.kick(request.pin, request.onMs);
  }

  #printHeld(): void {
    while (!isOffline(this.#sensors)) {
      const received = this.#held.shift();
      if (received === undefined) return;
      if (received === "hang-up") {
        this.#decoder.hangUp();
      } else {
        this.#heldBytes -= received.length;
        this.#decoder.feed(received);
      }
    }
  }

  #catchUp(): void {
    if (this.#switches.stalled || this.#switches.unplugged) return;
    this.#printHeld();
    if (this.#switches.slow) return this.#dripOn();
    const unread = this.#unread;
    this.#unread = [];
    for (const received of unread) this.#receive(received);
    if (this.hasRoom) for (const listener of this.#roomListeners) listener();
  }

  #dripOn(): void {
    if (this.#unread.length > 0) this.#drip ??= setInterval(() => this.#takeDrop(), DRIP_MS).unref();
  }

  #losePower(): void {
    this.#unread = [];
    this.#held = [];
    this.#heldBytes = 0;
    this.#automaticMask = 0;
    this.#realTime.forget();
    this.#decoder.powerCycle();
    this.#roll.breakOff();
  }

  #obey(event: DecoderEvent): void {
    if (event.kind === "fault") this.#roll.note(event.fault);
    else if (event.kind === "request") this.#answer(event.request);
    else {
      this.#roll.print(event.element);
      if (event.element.kind === "drawer-pulse") this.#options.drawer.kick(event.element.pin, event.element.onMs);
    }
  }

  #answer(request: HostRequest): void {
    switch (request.kind) {
      case "real-time-status":
      case "real-time-pulse":
        return; // Done when they arrived.
      case "automatic-status":
        this.#automaticMask = request.mask;
        if (request.mask !== 0) this.#reply(automaticStatus(this.#sensors));
        return;
      case "sensor-status":
        // Asked in its turn, so the paper is there: at paper end the printer would not have come this far.
        this.#reply([request.sensor === "drawer" && this.#sensors.isPin3High ? 0x01 : 0x00]);
        return;
      case "printer-id":
        this.#reply(printerId(request.n));
        return;
      case "process-id":
        this.#reply([0x37, 0x22, ...request.id, 0x00]);
    }
  }

  #reportChange(): void {
    const before = this.#reported;
    this.#reported = this.#sensors;
    if (isReported(this.#automaticMask, before, this.#reported)) this.#reply(automaticStatus(this.#reported));
  }

  #reply(bytes: ArrayLike<number>): void {
    if (this.#switches.unplugged || this.#switches.stalled) return;
    this.#answers.say(Uint8Array.from(bytes), this.#switches);
  }
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** An absent switch stays where it is; so does one sent as undefined by code that spreads optional values. */
function withoutUndefined(request: PrinterSwitchesRequest): Partial<PrinterSwitches> {
  // Without its undefined values only switches are left.
  return Object.fromEntries(Object.entries(request).filter(([, isOn]) => isOn !== undefined));
}
