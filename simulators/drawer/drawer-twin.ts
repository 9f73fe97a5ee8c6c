import type { DrawerKick, DrawerState } from "#contract/bench/devices.ts";
import type { Announce } from "../control/route.ts";

const MAX_KICKS = 100;
/** A solenoid needs about this long to pull the latch; a shorter pulse is felt and opens nothing. */
const MIN_PULSE_MS = 20;

export interface DrawerTwinOptions {
  /** The connector pin its solenoid hangs on. */
  readonly pin: 2 | 5;
  /** Whether its switch pulls pin 3 high when open: drawers are built both ways, and a till has to learn which. */
  readonly isOpenHigh: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly announce: Announce;
}

/** A cash drawer on a printer's connector: opens on a pulse of its own pin, and only a hand shuts it. */
export class DrawerTwin {
  readonly #options: DrawerTwinOptions;
  readonly #listeners = new Set<() => void>();
  #isOpen = false;
  #kicks: DrawerKick[] = [];

  constructor(options: DrawerTwinOptions) {
    this.#options = options;
  }

  get isPin3High(): boolean {
    return this.#isOpen === this.#options.isOpenHigh;
  }

  /** A pulse of `onMs` milliseconds on a pin of the connector. */
  kick(pin: 2 | 5, onMs: number): void {
    this.#kicks = [...this.#kicks, { at: this.#options.now(), pin, onMs }].slice(-MAX_KICKS);
    this.#move(this.#isOpen || (pin === this.#options.pin && onMs >= MIN_PULSE_MS));
  }

  close(): void {
    this.#move(false);
  }

  state(): DrawerState {
    return { open: this.#isOpen, pin: this.#options.pin, kicks: [...this.#kicks] };
  }

  /** Calls when it opens or shuts. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #move(isOpen: boolean): void {
    const hasMoved = isOpen !== this.#isOpen;
    this.#isOpen = isOpen;
    if (hasMoved) for (const listener of this.#listeners) listener();
    this.#options.announce("drawer");
  }
}
