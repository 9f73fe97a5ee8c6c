/** Time and chance from outside, so that the till can be driven by tests. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void;
}

/** A fresh id, unique for ever (UUID v7 text). */
export type NewId = () => string;
