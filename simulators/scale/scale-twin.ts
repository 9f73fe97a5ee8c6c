import type { ScaleModel, ScaleState, ScaleSwitches, ScaleSwitchesRequest } from "#contract/bench/scale.ts";
import type { Announce } from "../control/route.ts";
import { LineFaults, withParityBits } from "../line/line-faults.ts";
import { streamedFrame, toledoStatus, toledoWeight, type TrayMoment } from "./scale-frames.ts";
import { ToledoEar } from "./toledo-ear.ts";

/** A tray with goods on it comes to rest in about this time. */
const SETTLE_MS = 600;
/** A scale that sends by itself does so ten times a second. */
const STREAM_MS = 100;
const SLOW_MS = 900;
/** Scales allow a little beyond their capacity before they show nothing: nine divisions (OIML R 76). */
const OVER_DIVISIONS = 9;

export interface ScaleTwinOptions {
  readonly model: ScaleModel;
  readonly capacityGrams?: number;
  readonly divisionGrams?: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly announce: Announce;
}

const allWell: ScaleSwitches = {
  unplugged: false,
  stalled: false,
  slow: false,
  garbage: false,
  misparity: false,
  unsteady: false,
  frozen: false,
};

/** A counter scale: what lies on its tray, how it comes to rest, and what it says of it, byte by byte. */
export class ScaleTwin {
  readonly #options: ScaleTwinOptions;
  readonly #capacityGrams: number;
  readonly #divisionGrams: number;
  readonly #ear = new ToledoEar();
  readonly #faults = new LineFaults();
  readonly #listeners: ((bytes: Buffer) => void)[] = [];
  readonly #stream: NodeJS.Timeout | undefined;
  #switches = allWell;
  #loadGrams = 0;
  #zeroGrams = 0;
  #tareGrams = 0;
  /** The load before the last change, and when that was: between the two the tray swings. */
  #cameFrom = { grams: 0, atMs: 0 };
  #settling: NodeJS.Timeout | undefined;
  #frozenFrame: Buffer | null = null;
  #spoken = 0;

  constructor(options: ScaleTwinOptions) {
    this.#options = options;
    this.#capacityGrams = options.capacityGrams ?? 15_000;
    this.#divisionGrams = options.divisionGrams ?? 5;
    const { model } = options;
    if (model !== "toledo-8217") {
      this.#stream = setInterval(() => this.#send(() => streamedFrame(model, this.#moment())), STREAM_MS).unref();
    }
  }

  /** What it puts on the line. */
  onBytes(listener: (bytes: Buffer) => void): void {
    this.#listeners.push(listener);
  }

  /** What comes over the line from a till. */
  hear(bytes: Uint8Array): void {
    if (this.#options.model !== "toledo-8217") return;
    for (const byte of bytes) this.#answer(byte);
  }

  put(grams: number): void {
    this.#cameFrom = { grams: this.#loadGrams, atMs: this.#options.now() };
    this.#loadGrams = grams;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#options.announce("scale"), SETTLE_MS + 20).unref();
    this.#options.announce("scale");
  }

  /** The scale's own keys; neither does anything while the tray moves. */
  press(key: "tare" | "zero"): void {
    if (this.#moment().is !== "stable") return;
    if (key === "zero") this.#zeroGrams = this.#loadGrams;
    this.#tareGrams = key === "tare" ? Math.max(0, this.#grossGrams()) : 0;
    this.#options.announce("scale");
  }

  turn(switches: ScaleSwitchesRequest): void {
    // A JSON body names only the switches it moves.
    this.#switches = { ...this.#switches, ...(switches as Partial<ScaleSwitches>) };
    if (!this.#switches.frozen) this.#frozenFrame = null;
    this.#options.announce("scale");
  }

  state(connections: number): ScaleState {
    const moment = this.#moment();
    return {
      model: this.#options.model,
      switches: this.#switches,
      capacityGrams: this.#capacityGrams,
      divisionGrams: this.#divisionGrams,
      loadGrams: this.#loadGrams,
      shownGrams: moment.is === "over" || moment.is === "under" ? null : moment.grams,
      tareGrams: this.#tareGrams,
      is: moment.is,
      connections,
      spoken: this.#spoken,
    };
  }

  close(): void {
    clearInterval(this.#stream);
    clearTimeout(this.#settling);
  }

  #answer(byte: number): void {
    const word = this.#ear.hear(byte);
    switch (word.kind) {
      case "weigh":
        return this.#send(() => toledoWeight(this.#moment()));
      case "echo-on":
        return this.#send(() => Buffer.from("\x02E\r", "latin1"));
      case "echo":
        return this.#send(() => Buffer.from([word.byte]));
      case "echo-off":
        return this.#send(() => Buffer.from("\x02F\r", "latin1"));
      case "bad-command":
        return this.#send(() => toledoStatus({ badCommand: true }));
    }
  }

  #send(frameNow: () => Buffer): void {
    const { stalled, unplugged, slow, frozen, garbage, misparity } = this.#switches;
    if (stalled || unplugged) return;
    let frame = frameNow();
    if (frozen) frame = this.#frozenFrame ??= frame;
    if (garbage) frame = this.#faults.garble(frame);
    if (misparity) frame = withParityBits(frame);
    const speak = (): void => {
      this.#spoken += 1;
      for (const listener of this.#listeners) listener(frame);
    };
    if (slow) setTimeout(speak, SLOW_MS).unref();
    else speak();
  }

  #grossGrams(): number {
    return Math.round((this.#swungGrams() - this.#zeroGrams) / this.#divisionGrams) * this.#divisionGrams;
  }

  /** Where the tray stands on its way from the old load to the new one. */
  #swungGrams(): number {
    const sinceMs = this.#options.now() - this.#cameFrom.atMs;
    if (sinceMs >= SETTLE_MS || sinceMs < 0) {
      // A leaning hand: a swing of 40 g, four times a second.
      return this.#switches.unsteady ? this.#loadGrams + (Math.trunc(sinceMs / 125) % 2) * 40 : this.#loadGrams;
    }
    return Math.round(this.#cameFrom.grams + ((this.#loadGrams - this.#cameFrom.grams) * sinceMs) / SETTLE_MS);
  }

  #moment(): TrayMoment {
    const gross = this.#grossGrams();
    const isNet = this.#tareGrams > 0;
    const grams = gross - this.#tareGrams;
    const isMoving = this.#switches.unsteady || this.#options.now() - this.#cameFrom.atMs < SETTLE_MS;
    if (gross > this.#capacityGrams + OVER_DIVISIONS * this.#divisionGrams) return { is: "over", grams, isNet };
    if (isMoving) return { is: "moving", grams, isNet };
    return { is: gross < 0 ? "under" : "stable", grams, isNet };
  }
}
