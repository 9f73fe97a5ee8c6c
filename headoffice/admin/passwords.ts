import { hash, verify, type Options } from "@node-rs/argon2";
import { assert } from "#core/result.ts";

/** argon2id (the library's default), 19 MiB, two passes, one lane: OWASP's password storage cheat sheet; about 40 ms. */
const argon: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashes under way at once: each holds 19 MiB and a thread of the pool that also serves files. */
const mostAtOnce = 2;
/** Those that wait. The last has waited about half a second. */
const mostWaiting = 24;

export const shortestPassword = 10;
export const longestPassword = 200;

export interface Passwords {
  /** null: too many are waiting; ask again. */
  hash(password: string): Promise<string | null>;
  /**
   * Whether it is the password behind the hash. For a name that nobody has (`null`) it takes as long and says false.
   * null: too many are waiting.
   */
  verify(passwordHash: string | null, password: string): Promise<boolean | null>;
}

export function createPasswords(): Passwords {
  const inTurn = fewAtOnce();
  let nobodys: Promise<string> | undefined;
  return {
    hash: (password) => inTurn(() => hash(password, argon)),
    verify: (passwordHash, password) =>
      inTurn(async () => {
        nobodys ??= hash("nobody has this one", argon);
        const isRight = await verify(passwordHash ?? (await nobodys), password);
        return isRight && passwordHash !== null;
      }),
  };
}

function fewAtOnce(): <T>(work: () => Promise<T>) => Promise<T | null> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= mostAtOnce) {
      if (waiting.length >= mostWaiting) return null;
      await new Promise<void>((resolve) => void waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place is handed on, not given back and taken again: nobody slips in between.
      if (next === undefined) running -= 1;
      else next();
      assert(running >= 0, "as many ends as beginnings");
    }
  };
}
