import { createHmac, randomInt } from "node:crypto";
import type { Options } from "@node-rs/argon2";
import { badgeDigits, badgePrefix } from "#core/access/badge.ts";
import type { PinVault } from "#main/till/ports/pin-vault.ts";

/** argon2id (the library's default), 19 MiB, two passes, one lane: OWASP's password storage cheat sheet; about 40 ms on a till. */
const argon: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Loaded with the first PIN, not with the till. */
const argon2 = (): Promise<typeof import("@node-rs/argon2")> => import("@node-rs/argon2");

/**
 * Hashes PINs so that the database alone is worth little: a four-digit PIN falls in minutes to whoever holds its hash,
 * so `pepper` (32 bytes, kept outside the database) goes in first.
 */
export function createPinVault(pepper: Buffer): PinVault {
  const peppered = (pin: string): string => createHmac("sha256", pepper).update(pin).digest("base64");
  return {
    async hash(pin) {
      const { hash } = await argon2();
      return hash(peppered(pin), argon);
    },
    async verify(pinHash, pin) {
      const { verify } = await argon2();
      try {
        return await verify(pinHash, peppered(pin));
      } catch {
        // Not a PHC string: a damaged row lets nobody in.
        return false;
      }
    },
    newBadge() {
      return badgePrefix + Array.from({ length: badgeDigits }, () => randomInt(10)).join("");
    },
    badgeHash: (badge) => createHmac("sha256", pepper).update(`badge:${badge}`).digest("hex"),
  };
}
