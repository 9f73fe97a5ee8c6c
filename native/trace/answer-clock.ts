import type { StatusAnswer } from "#contract/devices/trace.ts";

const DLE = 0x10;
const EOT = 0x04;
/** After this nobody is answering that question any more. */
const FORGOTTEN_MS = 5_000;

/** Times a printer's answers to DLE EOT n, the one question it answers at once whatever it does. */
export class AnswerClock {
  readonly #onAnswer: (ms: number) => void;
  #asked: { readonly question: StatusAnswer["question"]; readonly atMs: number } | null = null;

  constructor(onAnswer: (ms: number) => void) {
    this.#onAnswer = onAnswer;
  }

  sent(bytes: Uint8Array): void {
    const [first, second, question] = bytes;
    const isQuestion = bytes.length === 3 && first === DLE && second === EOT;
    if (isQuestion && (question === 1 || question === 2 || question === 4)) {
      this.#asked = { question, atMs: performance.now() };
    }
  }

  /** The answer that these bytes are; null for anything else a printer says. */
  received(bytes: Uint8Array): StatusAnswer | null {
    const asked = this.#asked;
    const [byte] = bytes;
    // Epson: an answer has bits 0 and 7 clear, 1 and 4 set. Automatic status begins otherwise.
    if (asked === null || byte === undefined || bytes.length !== 1 || (byte & 0b1001_0011) !== 0b0001_0010) return null;
    this.#asked = null;
    const ms = Math.round(performance.now() - asked.atMs);
    if (ms > FORGOTTEN_MS) return null;
    this.#onAnswer(ms);
    return { question: asked.question, byte };
  }
}
