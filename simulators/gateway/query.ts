import { answer, errorNumbers, orderNotExist, paramError, type Answer } from "./answer.ts";
import type { Desk, Operation } from "./operation.ts";
import { outTradeNoInPath } from "./ownership.ts";
import { transactionOf } from "./transaction.ts";

/** Query by the gateway's number: paid orders only, for no other has one. */
export const queryByTransactionId: Operation = {
  name: "query",
  method: "GET",
  path: /^\/v3\/pay\/transactions\/id\/([^/]+)$/,
  read(desk, request) {
    const transactionId = request.pathParts[0] ?? "";
    if (!/^[0-9A-Za-z]{1,32}$/.test(transactionId)) {
      const detail = { field: "transaction_id", value: transactionId, issue: "1-32 letters and digits" } as const;
      return { ok: false, answer: paramError({ ...detail, location: "path" }) };
    }
    const foreign = refuseQuery(desk, request.query);
    if (foreign !== null) return { ok: false, answer: foreign };
    const order = desk.ledger.findByTransactionId(transactionId);
    const perform = () => (order === null ? orderNotExist() : lookUp(desk, order.outTradeNo));
    const amountFen = order?.terms?.amountFen ?? 0;
    return { ok: true, value: { outTradeNo: order?.outTradeNo ?? null, amountFen, perform } };
  },
};

/** Query by the shop's own order number, the only one an unpaid order has. */
export const query: Operation = {
  name: "query",
  method: "GET",
  path: /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)$/,
  read(desk, request) {
    const { outTradeNo, refusal } = outTradeNoInPath(request);
    if (refusal !== null) return { ok: false, answer: refusal };
    const foreign = refuseQuery(desk, request.query);
    if (foreign !== null) return { ok: false, answer: foreign };
    const amountFen = desk.ledger.order(outTradeNo).terms?.amountFen ?? 0;
    return { ok: true, value: { outTradeNo, amountFen, perform: () => lookUp(desk, outTradeNo) } };
  },
};

function refuseQuery(desk: Desk, parameters: URLSearchParams): Answer | null {
  const [mchid] = parameters.getAll("mchid");
  if (mchid === undefined) return paramError({ field: "mchid", issue: "missing", location: "query" });
  const extra = [...parameters.keys()].find((key) => key !== "mchid");
  if (extra !== undefined) {
    return paramError({ field: extra, issue: "非法的多余参数", location: "query" }, errorNumbers.unknownParameter);
  }
  if (mchid === desk.merchant.mchid && parameters.size === 1) return null;
  const detail = { field: "mchid", value: mchid, issue: "not the signing merchant", location: "query" } as const;
  return paramError(detail, errorNumbers.mchidOrderMismatch);
}

/** The same for both protocols. */
export function lookUp(desk: Desk, outTradeNo: string): Answer {
  const order = desk.ledger.order(outTradeNo);
  if (order.terms === null || desk.now() < order.visibleFromMs) {
    // A reversed number nobody ever paid under has no terms: it is known, and dead.
    if (order.state !== "REVOKED") return orderNotExist();
    const { appid, mchid } = desk.merchant;
    const state = { trade_type: "MICROPAY", trade_state: "REVOKED", trade_state_desc: "订单已撤销" };
    return answer(200, { appid, mchid, out_trade_no: outTradeNo, ...state });
  }
  return answer(200, transactionOf(desk.merchant, order));
}
