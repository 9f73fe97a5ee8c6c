import { type KeyObject, sign } from "node:crypto";
import { assert } from "#core/result.ts";

/** Who signs: the merchant, and which of its API certificates the gateway checks the signature with. */
export interface MerchantIdentity {
  readonly mchid: string;
  readonly certSerial: string;
  readonly privateKey: KeyObject;
}

/** What is signed. `target` and `body` are byte for byte what goes over the wire. */
export interface SignedParts {
  readonly method: "GET" | "POST";
  /** Path and query, percent-encoded as sent. */
  readonly target: string;
  /** Empty for a request without a body. */
  readonly body: Uint8Array;
}

/**
 * The `Authorization` value of one request: SHA256withRSA (PKCS#1 v1.5) over method, target, Unix seconds, nonce and
 * the exact bytes of the body, each ended by a line feed. Source: WeChat Pay APIv3 signing rules (4012365336).
 */
export function authorization(
  merchant: MerchantIdentity,
  parts: SignedParts,
  timestampSeconds: number,
  nonce: string,
): string {
  assert(Number.isSafeInteger(timestampSeconds), "a request is stamped with whole seconds");
  assert(/^[0-9A-Za-z]{1,32}$/u.test(nonce), "a nonce of 1–32 letters and digits");
  const head = `${parts.method}\n${parts.target}\n${timestampSeconds}\n${nonce}\n`;
  // Never a string of head and body together: decoding and encoding again could change the body's bytes.
  const message = Buffer.concat([Buffer.from(head), parts.body, Buffer.from("\n")]);
  const signature = sign("sha256", message, merchant.privateKey).toString("base64");
  const fields = [
    `mchid="${merchant.mchid}"`,
    `nonce_str="${nonce}"`,
    `signature="${signature}"`,
    `timestamp="${timestampSeconds}"`,
    `serial_no="${merchant.certSerial}"`,
  ];
  return `WECHATPAY2-SHA256-RSA2048 ${fields.join(",")}`;
}
