import type { PrinterSwitches } from "#contract/bench/devices.ts";
import { LineFaults } from "../line/line-faults.ts";

/** An answer that waits to be overtaken leaves at last after this. */
const LATE_MS = 300;

/** The printer's answers on their way out, in the order and the company its line lets them have. */
export class PrinterAnswers {
  readonly #send: (bytes: Uint8Array) => void;
  readonly #faults = new LineFaults();
  #overtaken: Uint8Array | null = null;
  #late: NodeJS.Timeout | undefined;

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
  }

  say(answer: Uint8Array, { noisy, disordered }: Pick<PrinterSwitches, "noisy" | "disordered">): void {
    const bytes = noisy ? this.#faults.disturb(answer) : answer;
    if (this.#overtaken === null && disordered) {
      this.#overtaken = bytes;
      this.#late = setTimeout(() => this.#catchUp(), LATE_MS).unref();
      return;
    }
    this.#send(bytes);
    this.#catchUp();
  }

  #catchUp(): void {
    clearTimeout(this.#late);
    if (this.#overtaken !== null) this.#send(this.#overtaken);
    this.#overtaken = null;
  }
}
