import type { DevicesConfig } from "#contract/config/devices.ts";
import type { FoundDevice } from "#contract/devices/found.ts";
import { usersOf } from "./users-of.ts";
import { findDevices } from "./find-devices.ts";
import type { Sighting } from "./sighting.ts";
import { watchPlugs } from "./watch-plugs.ts";

/** udev grants the rights to a new node a moment after it is there. */
const SECOND_LOOK_MS = 1_000;

interface FinderOptions {
  readonly report: (devices: readonly FoundDevice[]) => void;
  readonly find?: () => Promise<readonly Sighting[]>;
  readonly watch?: (onChange: () => void) => () => void;
}

/** Knows what is plugged in, and says so whenever it, or what the till uses of it, has changed. */
export class Finder {
  readonly #report: FinderOptions["report"];
  readonly #find: () => Promise<readonly Sighting[]>;
  readonly #stop: () => void;
  #config: DevicesConfig = { scanners: [] };
  #seen: readonly Sighting[] | null = null;
  #told = "";
  #isLooking = false;
  #mustLookAgain = false;
  #secondLook: NodeJS.Timeout | null = null;

  constructor({ report, find = findDevices, watch = watchPlugs }: FinderOptions) {
    this.#report = report;
    this.#find = find;
    this.#stop = watch(() => this.#changed());
    void this.#look();
  }

  /** What the till uses from now on. */
  use(config: DevicesConfig): void {
    this.#config = config;
    this.#tell();
  }

  close(): void {
    this.#stop();
    if (this.#secondLook !== null) clearTimeout(this.#secondLook);
  }

  #changed(): void {
    void this.#look();
    if (this.#secondLook !== null) clearTimeout(this.#secondLook);
    this.#secondLook = setTimeout(() => void this.#look(), SECOND_LOOK_MS);
    this.#secondLook.unref();
  }

  async #look(): Promise<void> {
    this.#mustLookAgain = this.#isLooking;
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#seen = await this.#find();
    this.#isLooking = false;
    this.#tell();
    if (this.#mustLookAgain) await this.#look();
  }

  #tell(): void {
    if (this.#seen === null) return;
    const users = usersOf(this.#config, this.#seen);
    const devices = this.#seen.map((one): FoundDevice => ({ ...one, busyBy: users.get(one.node) ?? null }));
    const told = JSON.stringify(devices);
    if (told === this.#told) return;
    this.#told = told;
    this.#report(devices);
  }
}
