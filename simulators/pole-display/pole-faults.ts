const MAX_KEPT = 100;

/** What a display did not understand, the newest last. */
export class PoleFaults {
  #kept: string[] = [];

  add(message: string): void {
    this.#kept = [...this.#kept, message].slice(-MAX_KEPT);
  }

  list(): string[] {
    return [...this.#kept];
  }
}
