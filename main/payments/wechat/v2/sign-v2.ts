import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export type SignTypeV2 = "MD5" | "HMAC-SHA256";

/**
 * The sign of an APIv2 message: its fields that are not empty, without `sign`, sorted by ASCII as `k=v&…&key=KEY`, in
 * capitals of hex. Source: WeChat Pay APIv2 signature page.
 */
export function signV2(fields: Iterable<readonly [string, string]>, key: string, signType: SignTypeV2): string {
  const pairs = [...fields].filter(([name, value]) => name !== "sign" && value !== "");
  const sorted = pairs.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${value}`);
  const text = [...sorted, `key=${key}`].join("&");
  const hash = signType === "MD5" ? createHash("md5") : createHmac("sha256", key);
  return hash.update(text, "utf8").digest("hex").toUpperCase();
}

/** Whether an answer carries the sign of somebody who holds the key. */
export function isSignedV2(fields: ReadonlyMap<string, string>, key: string, signType: SignTypeV2): boolean {
  const told = Buffer.from(fields.get("sign") ?? "");
  const right = Buffer.from(signV2(fields, key, signType));
  return told.length === right.length && timingSafeEqual(told, right);
}
