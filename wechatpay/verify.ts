import { type KeyObject, verify } from "node:crypto";
import { fail, ok, type Result } from "#core/result.ts";
import type { WireAnswer } from "./http.ts";

/** By serial: while the gateway changes keys, answers may be signed by the old or the new one. */
export interface GatewayKeys {
  get(serial: string): KeyObject | undefined;
}

/** Why an answer is not believed; for the log and for support, all are the same to the money. */
export type Distrust =
  /** One of the four signature headers is missing or has no meaning. */
  | "unsigned"
  /** Signed with a key we do not hold. */
  | "unknown-serial"
  /** The gateway's own signature, five minutes or more from our clock: a replay, or a clock that is wrong. */
  | "stale"
  /** The gateway's own test traffic, signed wrongly on purpose. */
  | "probe"
  | "forged";

/** The gateway's and every official SDK's limit: 300 s away is already too far. */
export const mostSkewMs = 300_000;
const signatureType = "WECHATPAY2-SHA256-RSA2048";
const probePrefix = "WECHATPAY/SIGNTEST/";

/**
 * Says whether the gateway itself said this: RSA over `timestamp\nnonce\nbody\n` with the bytes as they arrived, by the
 * key that `Wechatpay-Serial` names. Call it before the body is parsed. `nowMs` is the till's clock.
 */
export function verifyAnswer(
  answer: Pick<WireAnswer, "headers" | "body">,
  gatewayKeys: GatewayKeys,
  nowMs: number,
): Result<null, Distrust> {
  const { headers, body } = answer;
  const signature = headers["wechatpay-signature"];
  const serial = headers["wechatpay-serial"];
  const timestamp = headers["wechatpay-timestamp"];
  const nonce = headers["wechatpay-nonce"];
  if (signature === undefined || serial === undefined || timestamp === undefined || nonce === undefined) {
    return fail("unsigned");
  }
  if ((headers["wechatpay-signature-type"] ?? signatureType) !== signatureType) return fail("unsigned");
  if (signature.startsWith(probePrefix)) return fail("probe");
  const key = gatewayKeys.get(serial);
  if (key === undefined) return fail("unknown-serial");
  if (!/^[1-9]\d{0,11}$/u.test(timestamp)) return fail("unsigned");
  const bytes = Buffer.from(signature, "base64");
  // Buffer's decoder forgives much; only one spelling of a signature is the gateway's.
  if (bytes.toString("base64") !== signature) return fail("forged");
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`, "latin1"), body, Buffer.from("\n")]);
  if (!verify("sha256", message, key, bytes)) return fail("forged");
  return Math.abs(nowMs - Number(timestamp) * 1_000) >= mostSkewMs ? fail("stale") : ok(null);
}
