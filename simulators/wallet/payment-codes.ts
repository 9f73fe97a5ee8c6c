import type { PhoneAnswer } from "../gateway/operation.ts";

/** A payment code is good for one minute. */
const codeLifeMs = 60_000;
/** An hour of a very busy test; older ones are forgotten and then "unknown". */
const mostRemembered = 10_000;

type BadCode = Extract<PhoneAnswer, { kind: "bad-code" }>;

/** The payment codes this phone has shown. They live in memory only: a code is a credential. */
export interface PaymentCodes {
  readonly make: () => string;
  /** Uses the code up: null when it was good, else what is wrong with it. */
  readonly use: (authCode: string) => BadCode | null;
}

/** @param sixDigits a random number below a million */
export function createPaymentCodes(now: () => number, sixDigits: () => number): PaymentCodes {
  const shown = new Map<string, { readonly atMs: number; readonly isUsed: boolean }>();

  function remember(code: string, entry: { readonly atMs: number; readonly isUsed: boolean }): void {
    shown.set(code, entry);
    const [oldest] = shown.keys();
    if (shown.size > mostRemembered && oldest !== undefined) shown.delete(oldest);
  }

  return {
    make() {
      const tail = Array.from({ length: 3 }, () => `${sixDigits()}`.padStart(6, "0")).join("");
      const code = `1${sixDigits() % 6}${tail.slice(0, 16)}`;
      if (shown.has(code)) return this.make();
      remember(code, { atMs: now(), isUsed: false });
      return code;
    },
    use(authCode) {
      if (!/^1[0-5]\d{16}$/.test(authCode)) return { kind: "bad-code", fault: "prefix" };
      const known = shown.get(authCode);
      // Remembered as used even when this phone never showed it: a script may have charged it.
      remember(authCode, { atMs: known?.atMs ?? now(), isUsed: true });
      if (known === undefined) return { kind: "bad-code", fault: "unknown" };
      if (known.isUsed) return { kind: "bad-code", fault: "used" };
      return now() - known.atMs >= codeLifeMs ? { kind: "bad-code", fault: "expired" } : null;
    },
  };
}
