/** What the three parties promise about a payment that the customer carries, whatever is lost, late, doubled or dies. */
export const promises = {
  "paid-is-charged": "A sale is committed as paid only where the gateway has charged its amount.",
  "amounts-are-signed":
    "Nothing is asked for but what the till has shown, and nothing sold but what head office has said is paid.",
  "never-both": "No money is given back for which a sale stands.",
  "none-is-kept": "Once all are reconnected and quiet, every charge has its sale or has gone back.",
  "refunded-once": "What goes back is what was charged, once.",
  "a-code-is-text": "Nothing counts as a typed code but its eight digits.",
  "comes-to-rest": "Once all are reconnected, the till has nothing left to tell and head office nothing to ask for.",
  "no-bug": "Nothing of ours throws.",
} as const satisfies Record<string, string>;

export type PromiseName = keyof typeof promises;

/** A promise that did not hold. */
export class Broken extends Error {
  readonly promise: PromiseName;

  constructor(promise: PromiseName, facts: unknown) {
    super(`${promises[promise]} ${JSON.stringify(facts)}`);
    this.name = "Broken";
    this.promise = promise;
  }
}

export function hold(promise: PromiseName, isKept: boolean, facts: () => unknown): void {
  if (!isKept) throw new Broken(promise, facts());
}
