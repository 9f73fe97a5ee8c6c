import type { WireAnswer } from "#wechatpay/http.ts";
import type { Heard } from "./heard.ts";
import { account } from "./shop.ts";

/** What a liar on the line may say: good news, a refusal, or that the order is dead. */
export const forgeries = ["paid", "refused", "undone"] as const;
export type Forgery = (typeof forgeries)[number];

/** An answer that says everything rightly but who says it: it carries no signature. */
export function forge(heard: Heard, says: Forgery, amountFen: number): WireAnswer {
  return heard.protocol === "v2" ? forgeV2(heard, says, amountFen) : forgeV3(heard, says, amountFen);
}

function forgeV3({ operation, outTradeNo }: Heard, says: Forgery, amountFen: number): WireAnswer {
  const { appid, mchid } = account;
  const order = { appid, mchid, out_trade_no: outTradeNo };
  if (says === "refused") return json(operation === "query" ? 404 : 400, { code: refusals[operation], message: "否" });
  if (operation === "close") return { status: 204, headers: {}, body: Buffer.alloc(0) };
  if (operation === "reverse") return json(200, order);
  if (operation === "native") return json(200, { code_url: "weixin://wxpay/bizpayurl/up?pr=FORGED&groupid=00" });
  if (says === "undone") return json(200, { ...order, trade_state: "REVOKED" });
  const amount = { total: amountFen, payer_total: amountFen, currency: "CNY" };
  const paid = { trade_state: "SUCCESS", transaction_id: "4200000000000000000000000000", success_time: when, amount };
  return json(200, { ...order, ...paid });
}

const when = "2026-03-02T09:00:00+08:00";

const refusals = {
  ...{ codepay: "AUTH_CODE_EXPIRE", native: "PARAM_ERROR", query: "ORDER_NOT_EXIST" },
  ...{ close: "ORDER_CLOSED", reverse: "INVALID_REQUEST" },
} as const satisfies Record<Heard["operation"], string>;

function json(status: number, body: object): WireAnswer {
  return { status, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify(body)) };
}

function forgeV2({ operation, outTradeNo }: Heard, says: Forgery, amountFen: number): WireAnswer {
  const fields: Record<string, string> = {
    ...{ return_code: "SUCCESS", appid: account.appid, mch_id: account.mchid, out_trade_no: outTradeNo },
    ...(says === "refused" ? { result_code: "FAIL", err_code: refusals[operation] } : { result_code: "SUCCESS" }),
    ...(says === "paid" ? { trade_state: "SUCCESS", total_fee: `${amountFen}`, cash_fee: `${amountFen}` } : {}),
    ...(says === "paid" ? { transaction_id: "4200000000000000000000000000", time_end: "20260302090000" } : {}),
    ...(says === "undone" ? { trade_state: "REVOKED", recall: "N" } : {}),
  };
  const inner = Object.entries(fields).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`);
  return { status: 200, headers: { "content-type": "text/xml" }, body: Buffer.from(`<xml>${inner.join("")}</xml>`) };
}
