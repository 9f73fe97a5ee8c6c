import { expect } from "vitest";
import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import { createFundFlowReader } from "#main/payments/bill/fund-flow-bill.ts";
import { fetchAndRead } from "#main/payments/bill/testing-fetched-bill.ts";
import { createTradeBillReader } from "#main/payments/bill/trade-bill.ts";
import { distrusted, type Endpoint, type Refusal, refused, said, troubles } from "./endpoints.ts";
import { amountFen, type Shop } from "./shop.ts";

const back = { kind: expect.stringMatching(/^(?:processing|success)$/u), facts: { payerRefundFen: 300 } };

async function refundOrder(shop: Shop) {
  const { outTradeNo, transactionId } = await shop.paid();
  const facts = { outTradeNo, transactionId, amountFen: fen(300), totalFen: amountFen, reason: "退货" };
  return { ...facts, outRefundNo: `${outTradeNo}R1` };
}

/** What both ways to move money back may be refused with. */
const refusesMoneyBack: readonly Refusal[] = [
  [400, "PARAM_ERROR", refused("merchant-configuration")],
  [400, "INVALID_REQUEST", refused("against-rules")],
  [401, "SIGN_ERROR", refused("signature-rejected")],
  [403, "NO_AUTH", refused("merchant-configuration")],
  [404, "RESOURCE_NOT_EXISTS", said("not-found")],
  ...troubles,
];

export const refunds: readonly Endpoint[] = [
  {
    name: "POST /v3/refund/domestic/refunds",
    ...{ protocol: "v3", good: back, distrusted },
    refusals: [
      ...refusesMoneyBack,
      [403, "NOT_ENOUGH", refused("merchant-balance")],
      [403, "USER_ACCOUNT_ABNORMAL", refused("customer-account")],
      [404, "MCH_NOT_EXISTS", refused("merchant-configuration")],
    ],
    async prepare(shop) {
      const asked = await refundOrder(shop);
      return () => shop.v3.refund(asked);
    },
  },
  {
    name: "GET /v3/refund/domestic/refunds/{out_refund_no}",
    ...{ protocol: "v3", good: back, distrusted },
    refusals: [
      [404, "RESOURCE_NOT_EXISTS", said("not-found")],
      [400, "PARAM_ERROR", refused("merchant-configuration")],
      ...troubles,
    ],
    async prepare(shop) {
      const asked = await refundOrder(shop);
      await shop.v3.refund(asked);
      return () => shop.v3.queryRefund(asked);
    },
  },
  {
    name: "POST /v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund",
    ...{ protocol: "v3", good: back, distrusted },
    refusals: refusesMoneyBack,
    async prepare(shop) {
      const asked = await refundOrder(shop);
      await shop.script({ operation: "refund", outcome: "refund-abnormal", outRefundNo: asked.outRefundNo });
      await shop.v3.refund(asked);
      shop.pass(60_000);
      const stuck = await shop.v3.queryRefund(asked);
      assert(stuck.kind === "abnormal", `a refund that is stuck, got ${JSON.stringify(stuck)}`);
      const { refundId } = stuck.facts;
      return () => shop.v3.sendOnward(asked, refundId, { to: "shop-account" });
    },
  },
];

const none = (kind: string): object => ({ kind: "none", fault: { kind } });

/** Both bills: a signed place, and a file nobody signs. */
const billEndpoint = {
  protocol: "v3",
  distrusted: none("unknown"),
  refusals: [
    [400, "NO_STATEMENT_EXIST", none("no-statement")],
    [400, "STATEMENT_CREATING", none("still-creating")],
    [400, "INVALID_REQUEST", none("refused")],
    [403, "NO_AUTH", none("refused")],
    ...troubles.map(([status, code]) => [status, code, none("unknown")] as const),
  ],
} as const;

/** The day before today; a payment was made on it, and its bills are out. */
async function yesterday(shop: Shop): Promise<string> {
  await shop.paid();
  const day = new Date(shop.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  shop.pass(Date.parse(`${day}T10:05:00+08:00`) + 24 * 3_600_000 - shop.now());
  return day;
}

export const bills: readonly Endpoint[] = [
  {
    name: "GET /v3/bill/tradebill, then GET /v3/billdownload/file",
    ...billEndpoint,
    good: { kind: "bill", rows: expect.arrayContaining([expect.objectContaining({ totalFen: 1_000 })]) },
    async prepare(shop) {
      const day = await yesterday(shop);
      return () =>
        fetchAndRead(createTradeBillReader({ mchid: shop.mchid, day }), (path) => shop.v3.fetchTradeBill(day, path));
    },
  },
  {
    name: "GET /v3/bill/fundflowbill, then GET /v3/billdownload/file",
    ...billEndpoint,
    good: { kind: "bill", rows: expect.arrayContaining([expect.objectContaining({ amountFen: 1_000 })]) },
    async prepare(shop) {
      const day = await yesterday(shop);
      return () => fetchAndRead(createFundFlowReader(day), (path) => shop.v3.fetchFundFlowBill(day, "BASIC", path));
    },
  },
];
