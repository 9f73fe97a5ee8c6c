import type { ConnectionStage, ConnectionVerdict } from "#contract/ipc/setup-view.ts";
import { z } from "zod";
import { askHosts, codeOf, type GatewayLine, parseJson } from "#wechatpay/ask.ts";
import { isCode, type UnknownAnswer } from "#wechatpay/classify.ts";
import { clockOffset, unsignedClockOffset } from "#wechatpay/clock-offset.ts";
import type { WireAnswer } from "#wechatpay/http.ts";
import { merchantQuery, orderTarget } from "#wechatpay/party.ts";
import { mostSkewMs, verifyAnswer } from "#wechatpay/verify.ts";

/** Prefix 19 is no wallet's: the gateway can only refuse it. */
export const impossibleCode = "190000000000000000";

/** What a payment with the impossible code was answered. */
export type ProbeAnswer =
  | { readonly kind: "signed"; readonly code: string | null; readonly field: string | null; readonly status: number }
  | UnknownAnswer;

/**
 * Finds what keeps the till from being paid, in the order a person would mend it: line, clock, keys, merchant, product.
 * First a query for an order that does not exist, then a payment nobody can make. Unsigned answers may count here:
 * nothing but a sentence on the screen rests on them.
 */
export async function testConnection(
  line: GatewayLine,
  probe: (outTradeNo: string) => Promise<ProbeAnswer>,
  onStage: (stage: ConnectionStage) => void = () => {},
): Promise<ConnectionVerdict> {
  onStage("asking");
  const outTradeNo = `TEST${line.nonce().replaceAll(/[^0-9A-Za-z]/gu, "")}TEST`.slice(0, 32);
  const target = `${orderTarget(line, outTradeNo)}?${merchantQuery(line)}`;
  const { answer } = await askHosts(line, { method: "GET", target });
  if (!answer.ok) return { kind: "network", detail: answer.fault.detail };
  const queried = judgeQuery(line, answer.value);
  if (queried.kind !== "ok") return queried;
  onStage("probing");
  return judgeProbe(queried, await probe(outTradeNo));
}

function judgeQuery(line: GatewayLine, answer: WireAnswer): ConnectionVerdict {
  const nowMs = line.now();
  const trust = verifyAnswer(answer, line.gatewayKeys, nowMs);
  const isAuthentic = trust.ok || trust.fault === "stale";
  const offsetMs = isAuthentic ? clockOffset(answer, nowMs) : unsignedClockOffset(answer, nowMs);
  if (offsetMs !== null && Math.abs(offsetMs) >= mostSkewMs) return { kind: "clock", offsetMs };
  const json = parseJson(answer.body);
  const code = json.ok ? codeOf(json.value) : null;
  if (isCode(code, "SIGN_ERROR") || answer.status === 401) {
    // The signature is refused because it names a merchant that nobody, or somebody else, is.
    const isMerchant = json.ok && /mchid/u.test(refusedField(json.value) ?? "");
    return isMerchant ? { kind: "wrong-merchant", code: code ?? "" } : { kind: "signature", whose: "ours" };
  }
  if (answer.status >= 500 || answer.status === 429) return { kind: "gateway-trouble", code };
  const setUp = judgeSetUp(code);
  if (setUp !== null) return setUp;
  if (!trust.ok) return { kind: "signature", whose: "gateway" };
  return isCode(code, "ORDER_NOT_EXIST") ? { kind: "ok", offsetMs } : { kind: "gateway-trouble", code };
}

const refusedFieldSchema = z.object({ detail: z.object({ field: z.string().max(256) }) });

/** Which field an error is about: a pointer such as `/payer/auth_code`, or a name of the Authorization header. */
export function refusedField(body: unknown): string | null {
  const parsed = refusedFieldSchema.safeParse(body);
  return parsed.success ? parsed.data.detail.field : null;
}

function judgeProbe(queried: ConnectionVerdict, probed: ProbeAnswer): ConnectionVerdict {
  const { code } = probed;
  const setUp = judgeSetUp(code);
  if (setUp !== null) return setUp;
  if (probed.kind === "unknown") {
    if (probed.cause === "timeout" || probed.cause === "network") return { kind: "network", detail: probed.cause };
    if (isCode(code, "SIGN_ERROR")) return { kind: "signature", whose: "ours" };
    if (probed.cause === "bad-signature") return { kind: "signature", whose: "gateway" };
    // Seen from merchants without the product instead of a plain refusal.
    const isRefusal = code !== null && isCode(code, "SYSTEM_ERROR");
    return isRefusal ? { kind: "product-not-enabled", code } : { kind: "gateway-trouble", code };
  }
  if (probed.field !== null && /(?:appid|mchid)/u.test(probed.field))
    return { kind: "wrong-merchant", code: code ?? "" };
  const isAboutCode = ["AUTH_CODE_INVALID", "AUTH_CODE_ERROR", "AUTHCODEEXPIRE"].some((wanted) => isCode(code, wanted));
  const isAboutField = isCode(code, "PARAM_ERROR") && (probed.field === null || probed.field.includes("auth_code"));
  if (isAboutCode || isAboutField) return queried;
  if (probed.status >= 500 && isCode(code, "SYSTEM_ERROR")) return { kind: "product-not-enabled", code: code ?? "" };
  return { kind: "gateway-trouble", code };
}

function judgeSetUp(code: string | null): ConnectionVerdict | null {
  if (code === null) return null;
  const merchant = ["MCH_NOT_EXISTS", "MCHID_NOT_EXIST", "APPID_NOT_EXIST", "APPID_MCHID_NOT_MATCH", "ACCOUNT_ERROR"];
  if (merchant.some((wanted) => isCode(code, wanted))) return { kind: "wrong-merchant", code };
  return isCode(code, "NO_AUTH") ? { kind: "product-not-enabled", code } : null;
}
