import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { writeDurably } from "#main/secret/write-durably.ts";

/** An old till is a machine of the shop; nobody has more. */
export const mostPairings = 16;

const fileSchema = z.strictObject({
  pairings: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(40),
        tokenHash: z.string().regex(/^[0-9a-f]{64}$/),
        madeAtMs: z.int().min(0),
      }),
    )
    .max(mostPairings),
});
type Pairing = z.infer<typeof fileSchema>["pairings"][number];

export interface Pairings {
  list(): readonly { readonly name: string; readonly madeAtMs: number }[];
  /** A new token under this name; null where there are as many as can be. The same name again: the token before is void. */
  pair(name: string, nowMs: number): string | null;
  /** False where there is none of this name. */
  unpair(name: string): boolean;
  /** Whose token it is. Every one is compared, each in the same time, whatever was shown. */
  nameOf(token: string): string | null;
}

/**
 * Which old tills may ask over HTTPS. A token is shown once and kept as a hash alone: 256 bits of chance need no salt and no
 * slow hash. A file that is damaged pairs with nobody, until a manager pairs anew.
 */
export function openPairings(path: string): Pairings {
  let pairings = read(path);

  const keep = (next: readonly Pairing[]): void => {
    writeDurably(path, JSON.stringify({ pairings: next }));
    pairings = next;
  };

  return {
    list: () => pairings.map(({ name, madeAtMs }) => ({ name, madeAtMs })),
    pair(name, nowMs) {
      const others = pairings.filter((one) => one.name !== name);
      if (others.length >= mostPairings) return null;
      const token = randomBytes(32).toString("base64url");
      keep([...others, { name, tokenHash: hashOf(token).toString("hex"), madeAtMs: nowMs }]);
      return token;
    },
    unpair(name) {
      const others = pairings.filter((one) => one.name !== name);
      if (others.length === pairings.length) return false;
      keep(others);
      return true;
    },
    nameOf(token) {
      const shown = hashOf(token);
      let found: string | null = null;
      for (const { name, tokenHash } of pairings) {
        if (timingSafeEqual(Buffer.from(tokenHash, "hex"), shown)) found = name;
      }
      return found;
    },
  };
}

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

function read(path: string): readonly Pairing[] {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, "utf8"))).pairings;
  } catch {
    return [];
  }
}
