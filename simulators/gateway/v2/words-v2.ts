import { errorNumbers, type Answer, type Json, type JsonObject } from "../answer.ts";
import type { OperationName } from "../operation.ts";
import type { ScriptParams } from "../script.ts";

/** How V2 spells the codes V3 writes with underscores, or calls by another name. Source: v2/4011937125. */
const codes: Readonly<Record<string, string>> = {
  SYSTEM_ERROR: "SYSTEMERROR",
  BANK_ERROR: "BANKERROR",
  USER_PAYING: "USERPAYING",
  AUTH_CODE_EXPIRE: "AUTHCODEEXPIRE",
  NOT_ENOUGH: "NOTENOUGH",
  NO_AUTH: "NOAUTH",
  SIGN_ERROR: "SIGNERROR",
  ORDER_NOT_EXIST: "ORDERNOTEXIST",
  ORDER_CLOSED: "ORDERREVERSED",
  MCH_NOT_EXISTS: "MCHID_NOT_EXIST",
  FREQUENCY_LIMITED: "FREQUENCY_LIMITED",
  SERVICE_UNAVAILABLE: "SYSTEMERROR",
};

/** The business part of a V2 answer, from what the same operation answers in V3. */
export function businessFields(
  operation: OperationName,
  answer: Answer,
  params: ScriptParams,
): Readonly<Record<string, string>> {
  const failure = failureOf(operation, answer);
  if (failure === null) {
    const recall = operation === "reverse" ? { recall: "N" } : {};
    return { result_code: "SUCCESS", ...recall, ...transactionFields(answer.body ?? {}) };
  }
  const { code, message } = failure;
  const recall = operation === "reverse" ? { recall: isWorthRepeating(code) ? "Y" : "N" } : {};
  return { result_code: "FAIL", err_code: spell(code, params), err_code_des: message, ...recall };
}

function failureOf(
  operation: OperationName,
  answer: Answer,
): { readonly code: string; readonly message: string } | null {
  const { code, message, trade_state: state } = answer.body ?? {};
  if (operation === "codepay" && code === undefined && state !== "SUCCESS") return waiting(state);
  if (answer.status < 300 && code === undefined) return null;
  const said = text(code);
  if (operation === "reverse") {
    if (answer.errorNumber === errorNumbers.expired) return { code: "REVERSE_EXPIRE", message: text(message) };
    // Money on its way: V3 says that the request cannot be made now, V2 that the customer is paying.
    if (said === "INVALID_REQUEST" && text(message).includes("正在支付")) {
      return { code: "USERPAYING", message: text(message) };
    }
  }
  return { code: said, message: text(message) };
}

/** A micropay answer is final or USERPAYING; a slow one may also find its order dead. */
function waiting(state: Json | undefined): { readonly code: string; readonly message: string } {
  if (state === "REVOKED") return { code: "ORDER_CLOSED", message: "订单已撤销" };
  if (state === "PAYERROR") return { code: "TRADE_ERROR", message: "支付失败，请撤销订单" };
  return { code: "USERPAYING", message: "需要用户输入支付密码" };
}

function isWorthRepeating(code: string): boolean {
  return ["SYSTEM_ERROR", "SERVICE_UNAVAILABLE", "USERPAYING", "USER_PAYING", "FREQUENCY_LIMITED"].includes(code);
}

/** `plain` drops the underscores of every code, `underscored` keeps V3's; V2's own mixture when nothing is said. */
function spell(code: string, { spelling }: ScriptParams): string {
  if (spelling === "underscored") return code;
  const own = codes[code] ?? code;
  return spelling === "plain" ? own.replaceAll("_", "") : own;
}

function transactionFields(body: JsonObject): Readonly<Record<string, string>> {
  const { amount } = body;
  // Not an array and not a scalar: what is left of Json is an object.
  const { total, payer_total } = (typeof amount === "object" && !Array.isArray(amount) ? amount : {}) as JsonObject;
  const isPaid = body["transaction_id"] !== undefined;
  const fields = {
    ...{ out_trade_no: text(body["out_trade_no"]), transaction_id: text(body["transaction_id"]) },
    ...{ trade_type: text(body["trade_type"]), bank_type: text(body["bank_type"]), attach: text(body["attach"]) },
    ...{ trade_state: text(body["trade_state"]), trade_state_desc: text(body["trade_state_desc"]) },
    ...{ total_fee: text(total), cash_fee: text(payer_total), fee_type: total === undefined ? "" : "CNY" },
    openid: openidOf(body),
    is_subscribe: isPaid ? "N" : "",
    // 2026-11-22T19:41:07+08:00 as yyyyMMddHHmmss.
    time_end: text(body["success_time"]).slice(0, 19).replaceAll(/[-:T]/g, ""),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}

function openidOf(body: JsonObject): string {
  const { payer } = body;
  // As above.
  return typeof payer === "object" && !Array.isArray(payer) ? text((payer as JsonObject)["openid"]) : "";
}

function text(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" ? `${value}` : "";
}
