import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  account,
  codepayBody,
  nativeBody,
  startBench,
  startOfTime,
  type Bench,
  type SendOptions,
} from "./test-till.ts";

let bench: Bench;
const target = "/v3/pay/transactions/codepay";
const good = JSON.stringify(codepayBody("SALE-0001", 100, "134567890123456789"));

beforeAll(async () => {
  bench = await startBench();
});

afterAll(async () => {
  // Nothing in this file may ever have made an order.
  expect(bench.gateway.ledger().orders.map(({ state, kind }) => ({ state, kind }))).toEqual([
    { state: "NONE", kind: null },
  ]);
  await bench.gateway.close();
});

function post(more: Partial<SendOptions>, body: string | Uint8Array = good) {
  return bench.send({ method: "POST", target, body, ...more });
}

describe("a forged or broken signature is answered 401 SIGN_ERROR", () => {
  it.each<[string, Partial<SendOptions>]>([
    ["no Authorization", { headers: { Authorization: undefined } }],
    ["another scheme", { headers: { Authorization: "Bearer abc" } }],
    ["a field missing", { headers: { Authorization: `WECHATPAY2-SHA256-RSA2048 mchid="${account.mchid}"` } }],
    ["a signature over other bytes", { sign: { over: `${good} ` } }],
    ["a signature over re-serialised JSON", { sign: { over: JSON.stringify(JSON.parse(good), null, 1) } }],
    ["another merchant", { sign: { mchid: "1900000001" } }],
    ["another certificate", { sign: { serial: "0".repeat(40) } }],
    ["a clock five minutes slow", { sign: { atMs: startOfTime - 300_000 } }],
    ["a clock five minutes fast", { sign: { atMs: startOfTime + 300_000 } }],
  ])("%s", async (_, more) => {
    const reply = await post(more);
    expect([reply.status, reply.body["code"], reply.isGenuine]).toEqual([401, "SIGN_ERROR", true]);
    expect(reply.headers["request-id"]).toMatch(/-268443699$/);
  });

  it("also for a rightly signed request sent to another path, query or method", async () => {
    const signed = `/v3/pay/transactions/out-trade-no/SALE-0001?mchid=${account.mchid}`;
    const get = { method: "GET", target: signed } as const;
    expect((await bench.send(get)).status).toBe(404);
    for (const moved of [signed.replace("0001", "0002"), signed.slice(0, -1), `${signed}&`]) {
      expect((await bench.send({ method: "GET", target: moved, sign: { target: signed } })).status).toBe(401);
    }
    expect((await bench.send({ ...get, sign: { method: "POST" } })).status).toBe(401);
  });

  it("but a clock just inside five minutes will do", async () => {
    const query = `/v3/pay/transactions/out-trade-no/SALE-0001?mchid=${account.mchid}`;
    for (const atMs of [startOfTime - 299_000, startOfTime + 299_000]) {
      expect((await bench.send({ method: "GET", target: query, sign: { atMs } })).status).toBe(404);
    }
  });
});

describe("bad manners", () => {
  it.each<[string, number, Partial<SendOptions>]>([
    ["no Accept", 406, { headers: { Accept: undefined } }],
    ["an Accept for something else", 406, { headers: { Accept: "text/html" } }],
    ["no User-Agent", 400, { headers: { "User-Agent": undefined } }],
    ["no Content-Type", 415, { headers: { "Content-Type": undefined } }],
    ["a form", 415, { headers: { "Content-Type": "application/x-www-form-urlencoded" } }],
    ["no Wechatpay-Serial", 400, { headers: { "Wechatpay-Serial": undefined } }],
    ["a foreign Wechatpay-Serial", 400, { headers: { "Wechatpay-Serial": "PUB_KEY_ID_1" } }],
    ["an unknown path", 404, { target: "/v3/pay/transactions/micropay" }],
    ["a path with broken percent-encoding", 404, { target: "/v3/pay/transactions/out-trade-no/%E0%A4%A/close" }],
    ["a wrong method", 405, { target: "/v3/pay/transactions/out-trade-no/SALE-0001?mchid=1" }],
  ])("%s: %i", async (_, status, more) => {
    expect((await post(more)).status).toBe(status);
  });

  it("a body larger than any order: 413, and the gateway goes on", async () => {
    expect((await post({}, `"${"x".repeat(70_000)}"`)).status).toBe(413);
    expect((await post({}, "{}")).status).toBe(400);
  });
});

describe("a body that breaks a rule is answered 400 with the field", () => {
  const base = codepayBody("SALE-0001", 100, "134567890123456789");
  const { payer, scene_info, ...rest } = base;

  it.each<[string, unknown, string]>([
    ["null", { ...base, attach: null }, "/attach"],
    ["null deep inside", { ...base, amount: { total: 100, currency: null } }, "/amount/currency"],
    ["an emoji in the description", { ...base, description: "可乐🥤" }, "/description"],
    ["a field nobody knows", { ...base, notify_url: "https://a.example.cn/x" }, "/notify_url"],
    ["a field nobody knows deep inside", { ...base, amount: { total: 100, fee: 1 } }, "/amount/fee"],
    ["auth_code at the top", { ...rest, scene_info, auth_code: "134567890123456789" }, "/payer"],
    ["a total of zero", { ...base, amount: { total: 0 } }, "/amount/total"],
    ["a negative total", { ...base, amount: { total: -1 } }, "/amount/total"],
    ["a total in yuan", { ...base, amount: { total: 1.5 } }, "/amount/total"],
    ["a total as text", { ...base, amount: { total: "100" } }, "/amount/total"],
    ["another currency", { ...base, amount: { total: 100, currency: "XYZ" } }, "/amount/currency"],
    ["a description of 128 bytes", { ...base, description: `${"可".repeat(42)}ab` }, "/description"],
    ["an empty description", { ...base, description: "" }, "/description"],
    ["a number of 5 characters", { ...base, out_trade_no: "ABCDE" }, "/out_trade_no"],
    ["a number of 33 characters", { ...base, out_trade_no: "A".repeat(33) }, "/out_trade_no"],
    ["a number with a slash", { ...base, out_trade_no: "SALE/0001" }, "/out_trade_no"],
    ["no scene_info", { ...rest, payer }, "/scene_info"],
    ["no store_info", { ...rest, payer, scene_info: { device_id: "T01" } }, "/scene_info/store_info"],
    ["a store without id", { ...rest, payer, scene_info: { store_info: {} } }, "/scene_info/store_info"],
    ["a list", [base], ""],
    ["text", "codepay", ""],
  ])("%s", async (_, body, field) => {
    const reply = await post({}, JSON.stringify(body));
    expect([reply.status, reply.isGenuine]).toEqual([400, true]);
    expect(reply.body).toMatchObject({ code: "PARAM_ERROR", detail: { field, location: "body" } });
  });

  it("says the value that was wrong and marks an unknown field by its number", async () => {
    const wrong = await post({}, JSON.stringify({ ...base, amount: { total: 0 } }));
    expect(wrong.body["detail"]).toMatchObject({ field: "/amount/total", value: 0 });
    const extra = await post({}, JSON.stringify({ ...base, trade_type: "MICROPAY" }));
    expect(extra.headers["request-id"]).toMatch(/-270924358$/);
  });

  it("not JSON, not UTF-8, an emoji as escapes", async () => {
    expect((await post({}, "{")).status).toBe(400);
    expect((await post({}, "")).status).toBe(400);
    expect((await post({}, Buffer.from([0x22, 0xff, 0x22]))).body).toMatchObject({ code: "PARAM_ERROR" });
    const escaped = good.replace("可口可乐", "\\ud83e\\udd64");
    expect((await post({}, escaped)).body).toMatchObject({ detail: { field: "/description" } });
  });

  it("a foreign merchant or app under our signature", async () => {
    expect((await post({}, JSON.stringify({ ...base, mchid: "1900000001" }))).body).toMatchObject({
      detail: { field: "/mchid" },
    });
    const foreignApp = await post({}, JSON.stringify({ ...base, appid: "wx0000000000000000" }));
    expect(foreignApp.body).toMatchObject({ code: "APPID_MCHID_NOT_MATCH" });
  });

  it.each<[string, object, string]>([
    ["no notify_url", { notify_url: undefined }, "/notify_url"],
    ["a plain http notify_url", { notify_url: "http://a.example.cn/x" }, "/notify_url"],
    ["a notify_url with a query", { notify_url: "https://a.example.cn/x?a=1" }, "/notify_url"],
    ["a deadline that is no time", { time_expire: "2026-11-22 10:00:00" }, "/time_expire"],
    ["a payment code", { payer: { auth_code: "134567890123456789" } }, "/payer"],
    ["a scene without the terminal's address", { scene_info: {} }, "/scene_info/payer_client_ip"],
  ])("native with %s", async (_, part, field) => {
    const body = JSON.stringify({ ...nativeBody("SALE-0001", 100), ...part });
    const reply = await post({ target: "/v3/pay/transactions/native" }, body);
    expect([reply.status, reply.body["detail"]]).toEqual([400, expect.objectContaining({ field })]);
  });
});

it("keeps a list of what it turned away, without the bodies", async () => {
  await post({ sign: { over: "" } });
  const { refusedRequests } = bench.gateway.ledger();
  expect(refusedRequests.at(-1)).toEqual({
    at: startOfTime,
    method: "POST",
    path: target,
    status: 401,
    code: "SIGN_ERROR",
    issue: "signature 验签失败，请检查签名串与密钥",
  });
  expect(JSON.stringify(refusedRequests)).not.toContain("134567890123456789");
});
