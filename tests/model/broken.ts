/** A promise of the till that did not hold; `promise` is its name, the same in every report. */
export class Broken extends Error {
  readonly promise: PromiseName;

  constructor(promise: PromiseName, facts: unknown) {
    super(`${promises[promise]} ${JSON.stringify(facts)}`);
    this.name = "Broken";
    this.promise = promise;
  }
}

/** What the till promises about payments, whatever happens. */
export const promises = {
  "stored-first": "An attempt is on disk, as sent and not final, before its first byte leaves.",
  "posted-once": "A payment code is posted once under its number, and never again.",
  "one-at-a-time": "A sale has one unfinished attempt at most; the next begins when the one before is final.",
  "paid-is-charged": "Paid means charged: once, in full, as the gateway's own book has it.",
  "not-paid-is-not-charged": "Not paid means that the customer has the money, now and later.",
  "no-more-than-it-costs": "A sale never takes more than it costs.",
  "tenders-are-charged": "What a sale books as paid by WeChat is what its customer was charged.",
  "screens-are-true": "Paid and not paid are shown only where they are true.",
  "final-in-time": "An attempt has an end within the limit once the line is whole.",
  "books-add-up": "Totals are the sums of the sales, and the journal's chain is whole.",
  "code-is-secret": "No payment code is in a database or a log.",
  "gateway-rules-kept": "The till breaks no rule of the gateway.",
  "no-bug": "Nothing of ours throws.",
} as const satisfies Record<string, string>;

export type PromiseName = keyof typeof promises;

export function hold(promise: PromiseName, isKept: boolean, facts: () => unknown): asserts isKept {
  if (!isKept) throw new Broken(promise, facts());
}
