import { fen } from "#core/money/fen.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestingGateway, type TestingGateway } from "./testing-gateway.ts";

const number = "SH01T01261121120000A";
const party = { sp_appid: "wxd678efh567hg6787", sp_mchid: "1900007291", sub_mchid: "1900000109" };
const id = "4200000891202103228088184743";
const success = {
  ...{ out_trade_no: number, trade_state: "SUCCESS", transaction_id: id, success_time: "2026-11-21T12:00:00+08:00" },
  amount: { total: 100 },
};
const direct = { appid: "wxd678efh567hg6787", mchid: "1900007291" };
const facts = { transactionId: id, payerTotalFen: 100, successTime: "2026-11-21T12:00:00+08:00" };

let shop: TestingGateway;
let alone: TestingGateway;
beforeAll(async () => {
  shop = await startTestingGateway({}, { partner: { subMchid: "1900000109" } });
  alone = await startTestingGateway();
});
afterAll(async () => {
  await shop.stop();
  await alone.stop();
});

describe("a shop behind a partner", () => {
  it("is paid only by a success for this very shop", async () => {
    shop.behave({ status: 200, body: { ...party, ...success } });
    expect(await shop.gateway.query(number, fen(100), "v3")).toEqual({ kind: "paid", facts });
    for (const other of [{ sub_mchid: "1900000110" }, { sp_mchid: "1" }, { sp_appid: "wx1" }]) {
      shop.behave({ status: 200, body: { ...party, ...success, ...other } });
      expect(await shop.gateway.query(number, fen(100), "v3")).toMatchObject({ kind: "unknown", cause: "mismatch" });
    }
    shop.behave({ status: 200, body: { ...direct, ...success } });
    expect(await shop.gateway.query(number, fen(100), "v3")).toMatchObject({ kind: "unknown", cause: "unreadable" });
  });

  it("closes, reverses and refunds as this shop", async () => {
    shop.behave({ status: 204 });
    expect(await shop.gateway.close(number)).toEqual({ kind: "closed" });
    const last = () => ({
      target: shop.heard.at(-1)?.target,
      body: JSON.parse(shop.heard.at(-1)?.body.toString() ?? ""),
    });
    const order = `/v3/pay/partner/transactions/out-trade-no/${number}`;
    expect(last()).toEqual({
      target: `${order}/close`,
      body: { sp_mchid: party.sp_mchid, sub_mchid: party.sub_mchid },
    });
    shop.behave({ status: 200, body: { ...party, out_trade_no: number } });
    expect(await shop.gateway.reverse(number, "v3")).toEqual({ kind: "accepted" });
    expect(last()).toEqual({ target: `${order}/reverse`, body: party });
    await shop.gateway.refund({
      outRefundNo: "R1",
      outTradeNo: number,
      transactionId: null,
      amountFen: fen(1),
      totalFen: fen(2),
      reason: "",
    });
    expect(last().body).toMatchObject({ sub_mchid: party.sub_mchid, out_refund_no: "R1" });
  });
});

describe("a payment looked up by the gateway's own number", () => {
  it("is paid when it is that payment, of that amount", async () => {
    alone.behave({ status: 200, body: { ...direct, ...success } });
    expect(await alone.gateway.queryById(id, fen(100))).toEqual({ kind: "paid", facts });
    expect(alone.heard.at(-1)?.target).toBe(`/v3/pay/transactions/id/${id}?mchid=1900007291`);
    expect(await alone.gateway.queryById(id, fen(101))).toMatchObject({ kind: "unknown", cause: "mismatch" });
    expect(await alone.gateway.queryById("4200", fen(100))).toMatchObject({ kind: "unknown", cause: "mismatch" });
    alone.behave({ status: 404, body: { code: "ORDERNOTEXIST" } });
    expect(await alone.gateway.queryById(id, fen(100))).toEqual({ kind: "not-found" });
  });
});
