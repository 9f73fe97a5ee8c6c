/**
 * What a check found. `look`: the till sells, and somebody should see to it soon. `none`: there is nothing of the kind on
 * this till, or nobody has asked yet.
 */
export type HealthState = "ok" | "look" | "broken" | "none";

/**
 * Every check of the health page. A number is said on the phone and stands in docs/HEALTH.md: it is never given to another
 * check, and a check that is taken away leaves its number behind. `words` are all that a check can find, each with how
 * bad it is; the sentence and what to do about it are in resources/locales under the check's name and the word.
 */
export const healthChecks = {
  "disk-space": { number: 1, words: { ok: "ok", low: "look", full: "broken" } },
  "disk-write": { number: 2, words: { ok: "ok", slow: "look", refused: "broken", full: "broken" } },
  clock: { number: 3, words: { ok: "ok", off: "look", wrong: "broken", unmeasured: "none" } },
  calendar: { number: 4, words: { ok: "ok", jumped: "look" } },
  database: { number: 5, words: { ok: "ok", damaged: "broken" } },
  durability: { number: 6, words: { ok: "ok", "long-log": "look", weak: "broken" } },
  "journal-end": { number: 7, words: { ok: "ok", broken: "broken" } },
  "journal-whole": { number: 8, words: { ok: "ok", broken: "broken", unchecked: "none" } },
  devices: { number: 9, words: { ok: "ok", trouble: "look", none: "none" } },
  papers: { number: 10, words: { ok: "ok", waiting: "look", unknown: "look" } },
  gateway: { number: 11, words: { ok: "ok", away: "broken", "not-set-up": "none" } },
  "merchant-keys": {
    number: 12,
    words: { ok: "ok", usable: "ok", ending: "look", ended: "broken", unusable: "broken", "not-set-up": "none" },
  },
  "head-office": {
    number: 13,
    words: {
      ok: "ok",
      waiting: "look",
      away: "look",
      differs: "look",
      "not-enrolled": "look",
      alarm: "broken",
      stopped: "broken",
      "not-set-up": "none",
    },
  },
  backup: { number: 14, words: { ok: "ok", "no-folder": "look", old: "look", "too-old": "broken", never: "broken" } },
  memory: { number: 15, words: { ok: "ok", high: "look", short: "look" } },
  log: { number: 16, words: { ok: "ok", large: "look", unwritable: "broken" } },
  version: { number: 17, words: { ok: "ok", "taken-back": "look" } },
} as const satisfies Readonly<
  Record<string, { readonly number: number; readonly words: Readonly<Record<string, HealthState>> }>
>;

export type HealthCheck = keyof typeof healthChecks;
type WordOf<C extends HealthCheck> = Extract<keyof (typeof healthChecks)[C]["words"], string>;

/** Of every check: it gave no answer in its time, or ended by a fault of ours. Both are broken: nobody knows how it stands. */
export type NoAnswer = "hung" | "failed";

/** Numbers and short words of ours only: what stands here goes into the bundle for support as it is. */
export type HealthFacts = Readonly<Record<string, number | string>>;

interface FindingOf<C extends HealthCheck> {
  readonly check: C;
  readonly word: WordOf<C> | NoAnswer;
  readonly state: HealthState;
  readonly facts: HealthFacts;
}

/** What one check found; of any, a word is one of its own check's. */
export type Finding<C extends HealthCheck = HealthCheck> = { readonly [One in C]: FindingOf<One> }[C];

// The names of a constant object are its own keys.
export const healthCheckNames = Object.keys(healthChecks) as readonly HealthCheck[];

/** `word` must be one of the check's own. */
export function finding<C extends HealthCheck>(check: C, word: WordOf<C>, facts: HealthFacts = {}): FindingOf<C> {
  const words: Readonly<Record<string, HealthState>> = healthChecks[check].words;
  return { check, word, state: words[word] ?? "broken", facts };
}

export function noAnswer(check: HealthCheck, word: NoAnswer, facts: HealthFacts = {}): Finding {
  // Every check has these two words; the compiler does not see that of a name it does not know.
  return { check, word, state: "broken", facts } as Finding;
}

/** As it is said on the phone: `H07`. */
export function numberInWords(check: HealthCheck): string {
  return `H${String(healthChecks[check].number).padStart(2, "0")}`;
}
