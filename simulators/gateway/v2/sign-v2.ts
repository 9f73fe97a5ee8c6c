import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export const signTypes = ["MD5", "HMAC-SHA256"] as const;
export type SignType = (typeof signTypes)[number];

/**
 * The V2 signature of `fields`, upper-case hex: non-empty fields but `sign` by name in ASCII order as `k=v&…`, with
 * `&key=` and the APIv2 key behind. MD5 because the protocol says so; it proves nothing to anyone else.
 */
export function signV2(fields: Readonly<Record<string, string>>, apiV2Key: string, type: SignType): string {
  const pairs = Object.entries(fields)
    .filter(([name, value]) => name !== "sign" && value !== "")
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  const text = [...pairs, `key=${apiV2Key}`].join("&");
  const hash = type === "MD5" ? createHash("md5") : createHmac("sha256", apiV2Key);
  return hash.update(text, "utf8").digest("hex").toUpperCase();
}

/** True when the fields' own `sign` is the one the key makes. */
export function isSignedV2(fields: Readonly<Record<string, string>>, apiV2Key: string, type: SignType): boolean {
  const [given, right] = [Buffer.from(fields["sign"] ?? ""), Buffer.from(signV2(fields, apiV2Key, type))];
  return given.length === right.length && timingSafeEqual(given, right);
}
