import { createHmac } from "node:crypto";

/**
 * Sixteen hex digits by which a backup knows whether PINs work where it is restored: the same for the same pepper. The
 * pepper is 32 random bytes, so nobody finds it from them.
 */
export function pinMarkOf(pepper: Buffer): string {
  return createHmac("sha256", pepper).update("tillway backup").digest("hex").slice(0, 16);
}
