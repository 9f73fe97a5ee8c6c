/** Who may speak to the printer: one at a time, a drawer kick before whatever else waits. */
export class Turns {
  readonly #waiting: { readonly urgent: boolean; readonly go: () => void }[] = [];
  #isTaken = false;

  /** @returns ends the turn; call it once, in a `finally` */
  take(urgent = false): Promise<() => void> {
    return new Promise((resolve) => {
      const go = (): void => {
        this.#isTaken = true;
        resolve(() => this.#next());
      };
      if (!this.#isTaken) go();
      else if (urgent) this.#waiting.splice(this.#waiting.filter((w) => w.urgent).length, 0, { urgent, go });
      else this.#waiting.push({ urgent, go });
    });
  }

  #next(): void {
    this.#isTaken = false;
    this.#waiting.shift()?.go();
  }
}
