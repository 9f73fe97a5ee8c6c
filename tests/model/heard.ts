import type { PayProtocol } from "#core/tender/attempt.ts";
import type { WireRequest } from "#wechatpay/http.ts";

/** What a request on the wire is about, read from its bytes. */
export interface Heard {
  readonly protocol: PayProtocol;
  readonly operation: "codepay" | "native" | "query" | "close" | "reverse";
  readonly outTradeNo: string;
  /** Of a request that carries one. */
  readonly amountFen: number | null;
}

const v2Operations: Readonly<Record<string, Heard["operation"]>> = {
  "/pay/micropay": "codepay",
  "/pay/orderquery": "query",
  "/secapi/pay/reverse": "reverse",
};

/** Asserts that it is one of the requests a till makes for a payment. */
export function readRequest({ target, body }: WireRequest): Heard {
  const text = Buffer.from(body).toString("utf8");
  const v2 = v2Operations[target];
  if (v2 !== undefined) {
    const field = (name: string) => new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^\\]<]*)`, "u").exec(text)?.[1];
    const total = field("total_fee");
    return {
      ...{ protocol: "v2", operation: v2, outTradeNo: field("out_trade_no") ?? "" },
      amountFen: total === undefined ? null : Number(total),
    };
  }
  const path = new URL(target, "http://gateway.invalid").pathname.replace("/v3/pay/transactions/", "");
  if (path === "codepay" || path === "native") {
    const order = JSON.parse(text) as { readonly out_trade_no: string; readonly amount: { readonly total: number } };
    return { protocol: "v3", operation: path, outTradeNo: order.out_trade_no, amountFen: order.amount.total };
  }
  const [, outTradeNo, verb = "query"] = /^out-trade-no\/([^/]+)(?:\/(close|reverse))?$/u.exec(path) ?? [];
  if (outTradeNo === undefined) throw new Error(`a till does not ask for ${target}`);
  return { protocol: "v3", operation: verb as Heard["operation"], outTradeNo, amountFen: null };
}
