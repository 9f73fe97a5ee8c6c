import type { DecodeFault, Paper, PaperElement } from "#contract/bench/devices.ts";

/** A bench shows the last day's few receipts; a roll of a busy day would only be scrolled past. */
const MAX_PAPERS = 50;
const MAX_FAULTS = 100;
/** Elements of one strip, a picture counting one for every 256 characters of its bits: over 200 ordinary receipts. */
const MAX_STRIP_WEIGHT = 10_000;

/** The paper that came out of the printer, strip by strip. */
export class PaperRoll {
  readonly #now: () => number;
  #papers: Paper[] = [];
  #faults: DecodeFault[] = [];
  #elements: PaperElement[] = [];
  #weight = 0;
  #id = 1;
  #at = 0;

  /** `now` gives epoch milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get papers(): Paper[] {
    return [...this.#papers];
  }

  get faults(): DecodeFault[] {
    return [...this.#faults];
  }

  /** The strip that is not cut yet, or null when nothing is on it. */
  get current(): Paper | null {
    if (this.#elements.length === 0) return null;
    return { id: this.#id, at: this.#at, elements: [...this.#elements], complete: false };
  }

  print(element: PaperElement): void {
    this.#elements.push(element);
    this.#at = this.#now();
    this.#weight += 1 + (element.kind === "raster" ? Math.floor(element.bitsBase64.length / 256) : 0);
    if (element.kind === "cut") this.#finish(true);
    else if (this.#weight > MAX_STRIP_WEIGHT) this.#finish(false);
  }

  note(fault: DecodeFault): void {
    this.#faults = [...this.#faults, fault].slice(-MAX_FAULTS);
  }

  /** The printer lost power: what hangs in it will never be finished. */
  breakOff(): void {
    if (this.#elements.length > 0) this.#finish(false);
  }

  /** Throws everything away; ids go on. */
  clear(): void {
    if (this.#elements.length > 0) this.#id += 1;
    this.#papers = [];
    this.#faults = [];
    this.#elements = [];
    this.#weight = 0;
  }

  #finish(complete: boolean): void {
    const strip = { id: this.#id, at: this.#at, elements: this.#elements, complete };
    this.#papers = [...this.#papers, strip].slice(-MAX_PAPERS);
    this.#id += 1;
    this.#elements = [];
    this.#weight = 0;
  }
}
