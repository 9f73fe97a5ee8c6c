/** What a till asks the gateway, over either protocol. */
export type Operation = "pay" | "open" | "query" | "reverse" | "close" | "refund" | "refund-query" | "other";

/** One request of a till, named by what is in its bytes. */
export interface GatewayCall {
  readonly operation: Operation;
  readonly protocol: "v3" | "v2";
  readonly outTradeNo: string | null;
  readonly outRefundNo: string | null;
}

/** Names a whole HTTP request: its line, its headers, its body. */
export function nameCall(request: Buffer): GatewayCall {
  const text = request.toString("utf8");
  const [, method = "", path = ""] = /^(\S+) ([^\s?]+)/.exec(text) ?? [];
  const v2 = v2Paths.get(path);
  if (v2 !== undefined) {
    const outTradeNo = /<out_trade_no>(?:<!\[CDATA\[)?([^\]<]+)/.exec(text)?.[1] ?? null;
    return { operation: v2, protocol: "v2", outTradeNo, outRefundNo: null };
  }
  const found = v3Paths.find((known) => known.method === method && known.path.test(path));
  const inPath = found?.path.exec(path)?.groups ?? {};
  return {
    operation: found?.operation ?? "other",
    protocol: "v3",
    outTradeNo: inPath["trade"] ?? inBody(text, "out_trade_no"),
    outRefundNo: inPath["refund"] ?? inBody(text, "out_refund_no"),
  };
}

const v2Paths: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ["/pay/micropay", "pay"],
  ["/pay/orderquery", "query"],
  ["/secapi/pay/reverse", "reverse"],
]);

const orders = "^/v3/pay/transactions";
const v3Paths: readonly { readonly method: string; readonly path: RegExp; readonly operation: Operation }[] = [
  { method: "POST", path: new RegExp(`${orders}/codepay$`), operation: "pay" },
  { method: "POST", path: new RegExp(`${orders}/native$`), operation: "open" },
  { method: "POST", path: new RegExp(`${orders}/out-trade-no/(?<trade>[^/]+)/reverse$`), operation: "reverse" },
  { method: "POST", path: new RegExp(`${orders}/out-trade-no/(?<trade>[^/]+)/close$`), operation: "close" },
  { method: "GET", path: new RegExp(`${orders}/out-trade-no/(?<trade>[^/]+)$`), operation: "query" },
  { method: "POST", path: /^\/v3\/refund\/domestic\/refunds$/, operation: "refund" },
  { method: "GET", path: /^\/v3\/refund\/domestic\/refunds\/(?<refund>[^/]+)$/, operation: "refund-query" },
];

function inBody(text: string, key: string): string | null {
  return new RegExp(`"${key}":"([^"]+)"`).exec(text)?.[1] ?? null;
}
