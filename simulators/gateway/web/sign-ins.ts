import { randomBytes } from "node:crypto";
import { openidOf } from "../transaction.ts";

/** A code is good once and for five minutes. Source: developers.weixin.qq.com, web page authorization. */
export const codeLifeMs = 5 * 60_000;
/** An hour of a very busy test. */
const mostRemembered = 10_000;

/** What becomes of a code that is exchanged. */
export type Exchange =
  | { readonly kind: "openid"; readonly openid: string }
  | { readonly kind: "unknown" }
  | { readonly kind: "used" };

/** The codes that pages were given to learn who is looking at them. They live in memory only: a code is a credential. */
export interface SignIns {
  /** The hosts, with their ports, that a customer may be sent back to and that may ask for money. */
  readonly hosts: () => readonly string[];
  readonly setHosts: (hosts: readonly string[]) => void;
  /** A fresh code for the owner of `phone`, 1 to 9. */
  readonly codeFor: (phone: number) => string;
  /** Uses the code up. */
  readonly exchange: (code: string) => Exchange;
}

export function createSignIns(now: () => number): SignIns {
  let hosts: readonly string[] = [];
  const given = new Map<string, { readonly phone: number; readonly atMs: number; readonly isUsed: boolean }>();

  return {
    hosts: () => hosts,
    setHosts(next) {
      hosts = next;
    },
    codeFor(phone) {
      const code = randomBytes(16).toString("hex");
      given.set(code, { phone, atMs: now(), isUsed: false });
      const [oldest] = given.keys();
      if (given.size > mostRemembered && oldest !== undefined) given.delete(oldest);
      return code;
    },
    exchange(code) {
      const known = given.get(code);
      if (known === undefined || now() - known.atMs >= codeLifeMs) return { kind: "unknown" };
      if (known.isUsed) return { kind: "used" };
      given.set(code, { ...known, isUsed: true });
      return { kind: "openid", openid: openidOf(known.phone) };
    },
  };
}
