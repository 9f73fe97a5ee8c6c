/** What the host keeps open for the till, whatever its kind. */
export interface Device {
  /** Says again how it stands. */
  tell(): void;
  close(): Promise<void>;
}

interface Held<D extends Device> {
  /** The configuration it was made from, to see whether a new one differs. */
  readonly made: string;
  readonly device: D;
}

/** The devices of one role. A device whose configuration did not change stays connected. */
export class DeviceGroup<Config, D extends Device> {
  readonly #make: (config: Config) => D;
  #held: readonly Held<D>[] = [];

  constructor(make: (config: Config) => D) {
    this.#make = make;
  }

  devices(): readonly D[] {
    return this.#held.map((held) => held.device);
  }

  /** Lets go of what is no longer wanted as it stands, and has those that stay say how they do. */
  async retire(wanted: readonly Config[]): Promise<void> {
    const made = wanted.map((config) => JSON.stringify(config));
    const leaving = this.#held.filter((held) => !made.includes(held.made));
    this.#held = this.#held.filter((held) => made.includes(held.made));
    await Promise.all(leaving.map((held) => held.device.close()));
    for (const device of this.devices()) device.tell();
  }

  /** Opens what is wanted and not there yet. */
  fill(wanted: readonly Config[]): void {
    this.#held = wanted.map((config) => {
      const made = JSON.stringify(config);
      return this.#held.find((held) => held.made === made) ?? { made, device: this.#make(config) };
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.devices().map((device) => device.close()));
  }
}
