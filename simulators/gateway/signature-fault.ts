/**
 * Ways an answer's signature can be bad. `signtest` is the official probe traffic that must fail verification;
 * `stale` and `future` are rightly signed, ten minutes off; `unknown-serial` names a key the till does not hold.
 */
export const signatureFaults = ["missing", "wrong", "signtest", "stale", "future", "unknown-serial"] as const;
export type SignatureFault = (typeof signatureFaults)[number];
