import { expect, it } from "vitest";
import type { TimedKind } from "#core/latency/day-timings.ts";
import { fail, ok } from "#core/result.ts";
import type { WireRequest } from "#wechatpay/http.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import { timedCommits, timedExchange } from "./timed.ts";

type Args = Parameters<SalesStore["commitSale"]>;

function ledger() {
  const told: (readonly [TimedKind, "took" | "unanswered"])[] = [];
  return {
    told,
    took: (kind: TimedKind) => void told.push([kind, "took"]),
    unanswered: (kind: TimedKind) => void told.push([kind, "unanswered"]),
  };
}

const wire = (method: "GET" | "POST", target: string): WireRequest => ({
  ...{ method, target, baseUrl: new URL("https://gateway.example"), headers: {}, body: new Uint8Array(), timeoutMs: 1 },
});

it.each([
  ["POST", "/v3/pay/transactions/codepay", "gateway-pay"],
  ["POST", "/v3/pay/partner/transactions/codepay", "gateway-pay"],
  ["POST", "/v3/pay/transactions/native", "gateway-qr"],
  ["GET", "/v3/pay/transactions/out-trade-no/T1?mchid=1", "gateway-ask"],
  ["POST", "/v3/pay/transactions/out-trade-no/T1/reverse", "gateway-undo"],
  ["POST", "/v3/pay/transactions/out-trade-no/T1/close", "gateway-undo"],
  ["POST", "/v3/refund/domestic/refunds", "gateway-refund"],
  ["GET", "/v3/refund/domestic/refunds/R1", "gateway-ask"],
  ["POST", "/pay/micropay", "gateway-pay"],
  ["POST", "/pay/orderquery", "gateway-ask"],
  ["POST", "/secapi/pay/reverse", "gateway-undo"],
  ["GET", "/v3/certificates", null],
  ["GET", "/v3/bill/tradebill?bill_date=2026-11-26", null],
] as const)("%s %s is timed as %s", async (method, target, kind) => {
  const times = ledger();
  const answer = ok({ status: 200, headers: {}, body: Buffer.alloc(0) });
  expect(await timedExchange(async () => answer, times)(wire(method, target))).toBe(answer);
  expect(times.told).toEqual(kind === null ? [] : [[kind, "took"]]);
});

it("counts a request that nobody answered apart, and hands its fault on", async () => {
  const times = ledger();
  const fault = fail({ kind: "timeout", detail: "deadline", hasLeft: true } as const);
  expect(await timedExchange(async () => fault, times)(wire("POST", "/v3/pay/transactions/codepay"))).toBe(fault);
  expect(times.told).toEqual([["gateway-pay", "unanswered"]]);
});

it("times a commit that is done, and none that the disk refused", () => {
  const times = ledger();
  const sale = { sale: {}, journalHash: "", printJobId: "" } as never;
  const args = ["id", () => sale, null, () => ""] as const;
  expect(timedCommits({ commitSale: (..._sale: Args) => sale }, times).commitSale(...args)).toBe(sale);
  expect(times.told).toEqual([["commit", "took"]]);
  const refusing = {
    commitSale: (..._sale: Args): never => {
      throw new Error("the disk is full");
    },
  };
  expect(() => timedCommits(refusing, times).commitSale(...args)).toThrow("the disk is full");
  expect(times.told).toHaveLength(1);
});
