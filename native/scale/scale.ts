import type { ScaleConfig } from "#contract/config/devices.ts";
import type { DeviceState, HostEvent } from "#contract/devices/messages.ts";
import type { WeightReading } from "#contract/devices/scale.ts";
import type { Device } from "../device-group.ts";
import type { Transport } from "../transport/transport.ts";
import { FrameReader } from "./frame-reader.ts";
import { noWeight } from "./reading.ts";
import { scaleProtocol, type ScaleProtocol } from "./scale-protocol.ts";
import { Steadiness } from "./steadiness.ts";

/** While somebody waits for a weight: a pause between an answer and the next question, for slow firmware's sake. */
const WEIGH_PAUSE_MS = 80;
/** Otherwise the scale is asked for the status light alone, and readings are passed on no faster. */
const IDLE_PAUSE_MS = 1_000;
/** An answer that takes longer is no answer: a weight to sell by is younger than this. */
const ANSWER_MS = 500;
/** Questions without an answer before the scale counts as stalled: one may drown in noise. */
const MOST_MISSES = 3;
/** A scale that sends by itself does so several times a second. */
const SILENCE_MS = 2_000;
/** One byte or two; a port that does not take them at once is stalled. */
const WRITE_MS = 500;

/** Listens to one scale, asks it where it wants to be asked, and reports what it weighs. */
export class Scale implements Device {
  readonly #config: ScaleConfig;
  readonly #protocol: ScaleProtocol;
  readonly #transport: Transport;
  readonly #report: (event: HostEvent) => void;
  #reader: FrameReader;
  #steadiness = new Steadiness();
  #isWanted = false;
  #timer: NodeJS.Timeout | null = null;
  /** When the questions were asked that are still open, oldest first: a late answer belongs to the oldest. */
  #asked: number[] = [];
  #misses = 0;
  #lastHeardMs = 0;
  #lastSent: { readonly atMs: number; readonly isLoaded: boolean } = { atMs: 0, isLoaded: false };
  #silence: string | null = null;
  #told = "";

  constructor(config: ScaleConfig, transport: Transport, report: (event: HostEvent) => void) {
    this.#config = config;
    this.#protocol = scaleProtocol(config);
    this.#transport = transport;
    this.#report = report;
    this.#reader = new FrameReader(this.#protocol);
    transport.onBytes((bytes) => this.#take(bytes));
    transport.onState(({ state }) => {
      if (state === "ready" && this.#timer === null) this.#begin();
      if (state !== "ready" && state !== "stalled") this.#rest();
      this.#tellChange();
    });
  }

  tell(): void {
    this.#told = "";
    this.#tellChange();
  }

  /** Whether somebody waits for a weight. */
  weigh(isWanted: boolean): void {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    if (this.#timer !== null && this.#asked.length === 0) this.#next(0);
  }

  async close(): Promise<void> {
    this.#rest();
    await this.#transport.close();
  }

  #begin(): void {
    this.#reader = new FrameReader(this.#protocol);
    this.#steadiness = new Steadiness();
    this.#asked = [];
    this.#misses = 0;
    this.#silence = null;
    this.#lastHeardMs = Date.now();
    this.#next(0);
  }

  #rest(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#reader.forget();
  }

  #next(afterMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#beat(), afterMs);
  }

  #beat(): void {
    const { poll } = this.#protocol;
    if (poll !== null) return void this.#ask(poll);
    const isSilent = Date.now() - this.#lastHeardMs > SILENCE_MS;
    this.#setSilence(isSilent ? this.#silenceWords(`says nothing for ${SILENCE_MS} ms`) : null);
    this.#next(ANSWER_MS);
  }

  async #ask(poll: Buffer): Promise<void> {
    const askedMs = Date.now();
    // One that is older than two deadlines got no answer and will get none.
    this.#asked = [...this.#asked.filter((atMs) => askedMs - atMs < 2 * ANSWER_MS), askedMs];
    this.#next(ANSWER_MS);
    await this.#transport.write(poll, WRITE_MS);
    if (this.#asked.at(-1) !== askedMs || this.#timer === null) return;
    if (this.#misses >= MOST_MISSES) this.#setSilence(this.#silenceWords("does not answer"));
    this.#misses += 1;
  }

  #take(bytes: Buffer): void {
    const nowMs = Date.now();
    const framesBefore = this.#reader.frames;
    const readings = this.#reader.feed(bytes);
    if (this.#reader.frames === framesBefore) return this.#tellChange();
    this.#lastHeardMs = nowMs;
    this.#misses = 0;
    this.#setSilence(null);
    let atMs = nowMs;
    if (this.#protocol.poll !== null) {
      atMs = this.#asked.shift() ?? 0;
      this.#next(this.#isWanted ? WEIGH_PAUSE_MS : IDLE_PAUSE_MS);
    }
    // Of one piece only the last frame counts: those before it may have waited in a buffer for seconds.
    const last = readings.at(-1);
    if (last !== undefined) this.#pass(last, atMs);
  }

  #pass(raw: WeightReading, atMs: number): void {
    const { maxGrams, divisionGrams = 1 } = this.#config;
    const isSteady = this.#protocol.saysStable ? raw.isStable : this.#steadiness.isSteady(raw.grams, atMs);
    const isOver = raw.isOver || (raw.grams ?? 0) > maxGrams;
    // Not a number this scale can show: a byte was lost or turned on its way.
    if (!isOver && raw.grams !== null && raw.grams % divisionGrams !== 0) return;
    const reading: WeightReading = isOver
      ? { ...noWeight, isOver, isNet: raw.isNet }
      : { ...raw, isStable: isSteady && raw.grams !== null };
    const isLoaded = reading.grams !== 0;
    const isDue = this.#isWanted || atMs - this.#lastSent.atMs >= IDLE_PAUSE_MS || atMs < this.#lastSent.atMs;
    // A tray that was emptied for a moment must not be missed: the next goods may weigh the same.
    if (!isDue && isLoaded === this.#lastSent.isLoaded) return;
    this.#lastSent = { atMs, isLoaded };
    this.#report({ kind: "weight", deviceId: this.#config.id, reading, atMs });
  }

  #silenceWords(what: string): string {
    if (this.#reader.frames > 0 || this.#reader.noiseBytes === 0) return what;
    return `speaks, but not ${this.#config.protocol}: check protocol, baud rate and parity`;
  }

  #setSilence(words: string | null): void {
    this.#silence = words;
    this.#tellChange();
  }

  #tellChange(): void {
    const { state: ofLink, reason: ofLinkReason } = this.#transport.current();
    const state: DeviceState = ofLink === "ready" && this.#silence !== null ? "stalled" : ofLink;
    const reason = state === "ready" ? this.#noiseWords() : (this.#silence ?? ofLinkReason);
    const words = `${state} ${reason}`;
    if (words === this.#told) return;
    this.#told = words;
    this.#report({ kind: "device-state", deviceId: this.#config.id, role: "scale", state, reason, trouble: null });
  }

  /** In powers of two, so that a noisy line does not fill the channel with its own count. */
  #noiseWords(): string | null {
    const { noiseBytes } = this.#reader;
    if (noiseBytes === 0) return null;
    return `at least ${2 ** Math.floor(Math.log2(noiseBytes))} bytes were not understood`;
  }
}
