import { errorNumbers, paramError, refusal, type Answer } from "./answer.ts";
import { isOutTradeNo } from "./body.ts";
import type { GatewayRequest, Merchant } from "./operation.ts";

/** Null when the ids in a body are this merchant's. `appid` is left out where the endpoint has none. */
export function refuseForeignMerchant(
  merchant: Merchant,
  ids: { readonly mchid: string; readonly appid?: string },
): Answer | null {
  if (ids.mchid !== merchant.mchid) {
    return refusal(400, "PARAM_ERROR", "商户号与签名的商户号不一致", {
      errorNumber: errorNumbers.mchidOrderMismatch,
      detail: { field: "/mchid", value: ids.mchid, issue: "not the signing merchant", location: "body" },
    });
  }
  if (ids.appid === undefined || ids.appid === merchant.appid) return null;
  return refusal(400, "APPID_MCHID_NOT_MATCH", "appid和mchid不匹配", {
    errorNumber: errorNumbers.mchidAppidMismatch,
    detail: { field: "/appid", value: ids.appid, issue: "not bound to the merchant", location: "body" },
  });
}

/** The order number in the path, or the refusal when it cannot be one. */
export function outTradeNoInPath(request: GatewayRequest): {
  readonly outTradeNo: string;
  readonly refusal: Answer | null;
} {
  const outTradeNo = request.pathParts[0] ?? "";
  if (isOutTradeNo(outTradeNo)) return { outTradeNo, refusal: null };
  const issue = "6-32 of 0-9 A-Z a-z _ - | *";
  return { outTradeNo, refusal: paramError({ field: "out_trade_no", value: outTradeNo, issue, location: "path" }) };
}
