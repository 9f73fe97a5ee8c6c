import type { IncomingHttpHeaders } from "node:http";
import { signError, type Answer } from "./answer.ts";
import type { Merchant } from "./operation.ts";
import { isRequestSignedBy } from "./signing.ts";

/** Requests and answers older or newer than this are refused. Source: 5 minutes in every official SDK. */
export const clockToleranceMs = 5 * 60_000;

const scheme = "WECHATPAY2-SHA256-RSA2048";
const fieldNames = ["mchid", "nonce_str", "signature", "timestamp", "serial_no"] as const;

/**
 * Checks who is asking: the 401 to send, or null when the Authorization header is the merchant's own over exactly
 * these bytes and within five minutes of `nowMs`.
 */
export function refuseUnauthorized(
  merchant: Merchant,
  request: { readonly method: string; readonly target: string; readonly body: Uint8Array },
  headers: IncomingHttpHeaders,
  nowMs: number,
): Answer | null {
  if (headers.authorization === undefined) return signError("Authorization 缺失", "Authorization");
  const fields = parseAuthorization(headers.authorization);
  if (fields === null) return signError("Authorization 格式错误", "Authorization");
  if (fields.mchid !== merchant.mchid) return signError("商户号与签名的商户号不一致", "mchid");
  if (fields.serial_no !== merchant.certSerial) return signError("商户证书序列号有误", "serial_no");
  if (!/^[0-9A-Za-z_-]{1,64}$/.test(fields.nonce_str)) return signError("随机串格式错误", "nonce_str");
  if (!/^\d{10}$/.test(fields.timestamp)) return signError("时间戳格式错误", "timestamp");
  if (Math.abs(nowMs - Number(fields.timestamp) * 1_000) >= clockToleranceMs) {
    return signError("时间戳已过期", "timestamp");
  }
  const signed = { ...request, timestamp: fields.timestamp, nonce: fields.nonce_str };
  return isRequestSignedBy(merchant.publicKeyPem, signed, fields.signature)
    ? null
    : signError("验签失败，请检查签名串与密钥", "signature");
}

/** The five fields, each exactly once, in any order; anything else is not an Authorization header. */
function parseAuthorization(header: string): Record<(typeof fieldNames)[number], string> | null {
  if (!header.startsWith(`${scheme} `)) return null;
  const found = new Map<string, string>();
  for (const part of header.slice(scheme.length + 1).split(",")) {
    const match = /^\s*([a-z_]+)="([^"]*)"\s*$/.exec(part);
    if (match?.[1] === undefined || match[2] === undefined || found.has(match[1])) return null;
    found.set(match[1], match[2]);
  }
  if (found.size !== fieldNames.length) return null;
  const [mchid, nonce_str, signature, timestamp, serial_no] = fieldNames.map((name) => found.get(name));
  if (mchid === undefined || nonce_str === undefined || signature === undefined) return null;
  if (timestamp === undefined || serial_no === undefined) return null;
  return { mchid, nonce_str, signature, timestamp, serial_no };
}
