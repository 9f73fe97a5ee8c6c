import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Behaviour,
  signedHeaders,
  startTestingGateway,
  testNowMs,
  type TestingGateway,
} from "./testing-gateway.ts";

const offsets: number[] = [];
let testing: TestingGateway;
beforeAll(async () => {
  testing = await startTestingGateway(
    { requestTimeoutMs: 700 },
    {},
    { onClockOffset: (offsetMs) => offsets.push(offsetMs) },
  );
});
afterAll(() => testing.stop());

const unsigned = () => ({});
const seconds = Math.trunc(testNowMs / 1_000);
const httpDate = (aheadMs: number) => ({ Date: new Date(testNowMs - aheadMs).toUTCString() });
const notFound: Behaviour = { status: 404, body: { code: "ORDER_NOT_EXIST" }, headers: httpDate(0) };
const codeRefused: Behaviour = { status: 400, body: { code: "AUTH_CODE_INVALID" } };

/** The verdict when the query is answered so, and the payment so. */
function verdict(queried: Behaviour, paid: Behaviour = codeRefused) {
  testing.behave(({ target }) => (target.endsWith("/codepay") ? paid : queried));
  return testing.gateway.testConnection();
}

describe("the connection test", () => {
  it("is content when an order is not found and an impossible payment code is refused", async () => {
    expect(await verdict(notFound)).toEqual({ kind: "ok", offsetMs: 0 });
    const [query, pay] = testing.heard.slice(-2);
    const { payer, amount, out_trade_no: number } = JSON.parse(pay?.body.toString() ?? "");
    expect([payer.auth_code, amount.total]).toEqual(["190000000000000000", 1]);
    expect(query?.target).toBe(`/v3/pay/transactions/out-trade-no/${number}?mchid=1900007291`);
    const byField = { status: 400, body: { code: "PARAM_ERROR", detail: { field: "/payer/auth_code" } } };
    expect(await verdict(notFound, byField)).toMatchObject({ kind: "ok" });
  });

  it.each<readonly [string, Behaviour, Behaviour, object]>([
    ["a line that breaks", "reset", codeRefused, { kind: "network", detail: "ECONNRESET" }],
    ["nobody there", "hold", codeRefused, { kind: "network", detail: "deadline" }],
    [
      "a clock ten minutes ahead",
      { status: 401, body: { code: "SIGN_ERROR" }, spoil: unsigned, headers: httpDate(600_000) },
      codeRefused,
      { kind: "clock", offsetMs: 600_000 },
    ],
    [
      "a clock ten minutes behind, said by signature",
      {
        status: 404,
        body: { code: "ORDER_NOT_EXIST" },
        spoil: () => signedHeaders(Buffer.from('{"code":"ORDER_NOT_EXIST"}'), seconds + 600),
      },
      codeRefused,
      { kind: "clock", offsetMs: -600_000 },
    ],
    [
      "a key the gateway does not know",
      { status: 401, body: { code: "SIGN_ERROR" }, spoil: unsigned, headers: httpDate(0) },
      codeRefused,
      { kind: "signature", whose: "ours" },
    ],
    [
      "an answer by a key we do not know",
      { ...notFound, spoil: (signed) => ({ ...signed, "Wechatpay-Serial": "PUB_KEY_ID_9" }) },
      codeRefused,
      { kind: "signature", whose: "gateway" },
    ],
    ["an answer nobody signed", { ...notFound, spoil: unsigned }, codeRefused, { kind: "signature", whose: "gateway" }],
    [
      "a merchant nobody knows",
      { status: 400, body: { code: "MCH_NOT_EXISTS" } },
      codeRefused,
      { kind: "wrong-merchant", code: "MCH_NOT_EXISTS" },
    ],
    [
      "an app of somebody else",
      notFound,
      { status: 400, body: { code: "APPID_MCHID_NOT_MATCH" } },
      { kind: "wrong-merchant", code: "APPID_MCHID_NOT_MATCH" },
    ],
    [
      "a field that names the app",
      notFound,
      { status: 400, body: { code: "PARAM_ERROR", detail: { field: "/appid" } } },
      { kind: "wrong-merchant", code: "PARAM_ERROR" },
    ],
    [
      "no permission",
      notFound,
      { status: 403, body: { code: "NO_AUTH" } },
      { kind: "product-not-enabled", code: "NO_AUTH" },
    ],
    [
      "the error of merchants without the product",
      notFound,
      { status: 500, body: { code: "SYSTEM_ERROR" } },
      { kind: "product-not-enabled", code: "SYSTEM_ERROR" },
    ],
    [
      "a gateway in trouble",
      { status: 503, body: { code: "SERVICE_UNAVAILABLE" } },
      codeRefused,
      { kind: "gateway-trouble", code: "SERVICE_UNAVAILABLE" },
    ],
    [
      "too many questions",
      notFound,
      { status: 429, body: { code: "FREQUENCY_LIMITED" } },
      { kind: "gateway-trouble", code: "FREQUENCY_LIMITED" },
    ],
    [
      "a field that names something else",
      notFound,
      { status: 400, body: { code: "PARAM_ERROR", detail: { field: "/scene_info" } } },
      { kind: "gateway-trouble", code: "PARAM_ERROR" },
    ],
  ])("tells %s apart", async (_what, queried, paid, expected) => {
    expect(await verdict(queried, paid)).toEqual(expected);
  });

  it("tells how far the clock is off whenever the gateway itself says the time, and only then", async () => {
    offsets.length = 0;
    await verdict({ ...notFound, headers: httpDate(0) }, codeRefused);
    const body = Buffer.from('{"code":"ORDER_NOT_EXIST"}');
    testing.behave({ status: 404, body, spoil: () => signedHeaders(body, seconds - 400), headers: httpDate(401_000) });
    await testing.gateway.close("SH01T01261121120000A");
    testing.behave({ status: 404, body, spoil: () => signedHeaders(body, seconds - 10), headers: httpDate(9_000_000) });
    await testing.gateway.close("SH01T01261121120000A");
    testing.behave({ status: 404, body, spoil: unsigned, headers: httpDate(600_000) });
    await testing.gateway.close("SH01T01261121120000A");
    expect(offsets.slice(-2)).toEqual([401_000, 10_000]);
  });

  it("speaks the partner's paths and fields for a shop behind one", async () => {
    const partner = { subMchid: "1900000109", subAppid: "wx0123456789abcdef" };
    const client = await startTestingGateway({}, { baseUrl: testing.baseUrl, partner });
    testing.behave(({ target }) => (target.endsWith("/codepay") ? codeRefused : notFound));
    expect(await client.gateway.testConnection()).toMatchObject({ kind: "ok" });
    const [query, pay] = testing.heard.slice(-2);
    expect(query?.target).toMatch(
      /^\/v3\/pay\/partner\/transactions\/out-trade-no\/\w+\?sp_mchid=1900007291&sub_mchid=1900000109$/u,
    );
    expect(pay?.target).toBe("/v3/pay/partner/transactions/codepay");
    const fields = {
      sp_appid: "wxd678efh567hg6787",
      sub_appid: "wx0123456789abcdef",
      sp_mchid: "1900007291",
      sub_mchid: "1900000109",
    };
    expect(JSON.parse(pay?.body.toString() ?? "")).toMatchObject(fields);
    await client.stop();
  });
});
