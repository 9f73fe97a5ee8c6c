import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { fen } from "#core/money/fen.ts";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { selfSigned } from "../testing-certificates.ts";
import { merchantKeys, rsaPair, startTestingGateway, testConfig, type TestingGateway } from "../testing-gateway.ts";
import { readFlatXml, writeFlatXml } from "./flat-xml.ts";
import { signV2 } from "./sign-v2.ts";

const v2Key = "192006250b4c09247ec02edce69f6a2d";
const serial = testConfig().certSerial;
const certificatePem = selfSigned(merchantKeys.privateKey, serial);
const v2Config = { codepayProtocol: "v2", certificateFile: "c.pem", v2KeyFile: "v2.key" } as const;
/** The certificate begins when the tests run. */
const v2Parts = { certificatePem, v2Key, now: () => Date.now() + 3_600_000 };

const authCode = "134567890123456789";
const order = { outTradeNo: "SH01T01261121120000A", amountFen: fen(1_250), description: "便利店 <3> 件" };
const { outTradeNo, amountFen } = order;
const ours = {
  return_code: "SUCCESS",
  appid: "wxd678efh567hg6787",
  mch_id: "1900007291",
  nonce_str: "n",
  result_code: "SUCCESS",
};
const paid = {
  ...ours,
  ...{
    out_trade_no: outTradeNo,
    trade_type: "MICROPAY",
    trade_state: "SUCCESS",
    transaction_id: "4200000891202103228088184743",
  },
  ...{ total_fee: "1250", cash_fee: "1200", coupon_fee: "50", fee_type: "CNY", time_end: "20261121120000" },
};
const facts = {
  transactionId: "4200000891202103228088184743",
  payerTotalFen: 1_200,
  successTime: "2026-11-21T12:00:00+08:00",
};
const unknown = (cause: string, code: string | null = null) => ({ kind: "unknown", cause, code });

type Fields = Readonly<Record<string, string>>;
const signed = (fields: Fields, key = v2Key) =>
  writeFlatXml({ ...fields, sign: signV2(Object.entries(fields), key, "HMAC-SHA256") });

let testing: TestingGateway;
beforeAll(async () => {
  testing = await startTestingGateway({ requestTimeoutMs: 700 }, v2Config, v2Parts);
});
afterAll(() => testing.stop());

const tell = (fields: Fields, key?: string) => testing.behave({ status: 200, body: signed(fields, key) });
const refused = (code: string, more: Fields = {}) => tell({ ...ours, result_code: "FAIL", err_code: code, ...more });
const pay = () => testing.gateway.pay(order, authCode);
const query = () => testing.gateway.query(outTradeNo, amountFen, "v2");
const reverse = () => testing.gateway.reverse(outTradeNo, "v2");
const last = () => readFlatXml(testing.heard.at(-1)?.body.toString() ?? "") ?? new Map<string, string>();

describe("a payment code over v2", () => {
  it("is paid by a signed success of exactly this order", async () => {
    tell(paid);
    expect(await pay()).toEqual({ kind: "paid", facts });
    expect(testing.heard.at(-1)?.target).toBe("/pay/micropay");
    const { sign, nonce_str: nonce, ...fields } = Object.fromEntries(last());
    expect(fields).toEqual({
      ...{ appid: "wxd678efh567hg6787", mch_id: "1900007291", sign_type: "HMAC-SHA256", device_info: "T01" },
      ...{ body: "便利店 <3> 件", out_trade_no: outTradeNo, total_fee: "1250", fee_type: "CNY" },
      ...{ spbill_create_ip: "127.0.0.1", auth_code: authCode, scene_info: '{"store_info":{"out_id":"SH01"}}' },
    });
    expect(sign).toBe(signV2([...Object.entries(fields), ["nonce_str", nonce ?? ""]], v2Key, "HMAC-SHA256"));
    expect(testing.logged.join()).not.toContain(authCode);
  });

  it.each([
    ["AUTHCODEEXPIRE", "code-expired"],
    ["AUTH_CODE_ERROR", "code-invalid"],
    ["AUTH_CODE_INVALID", "code-invalid"],
    ["NOTENOUGH", "not-enough-money"],
    ["NOTSUPORTCARD", "card-not-supported"],
    ["ORDERCLOSED", "order-closed"],
    ["ORDERREVERSED", "order-closed"],
    ["NOAUTH", "merchant-configuration"],
    ["XML_FORMAT_ERROR", "merchant-configuration"],
    ["MCHID_NOT_EXIST", "merchant-configuration"],
  ])("refused for good with %s is refused", async (code, reason) => {
    refused(code);
    expect(await pay()).toEqual({ kind: "refused", reason, code });
  });

  it.each([
    ["SYSTEMERROR", "server-error"],
    ["BANKERROR", "server-error"],
    ["TRADE_ERROR", "unlisted-code"],
    ["ORDERPAID", "unlisted-code"],
    ["OUT_TRADE_NO_USED", "unlisted-code"],
    ["BUYER_MISMATCH", "unlisted-code"],
    ["OF_TOMORROW", "unlisted-code"],
  ])("after %s is in doubt", async (code, cause) => {
    refused(code);
    expect(await pay()).toEqual(unknown(cause, code));
  });

  it("waits while the customer pays", async () => {
    refused("USERPAYING");
    expect(await pay()).toEqual({ kind: "user-paying" });
  });

  it.each<readonly [string, Fields, string]>([
    ["another amount", { total_fee: "1251" }, "mismatch"],
    ["another order", { out_trade_no: "X12345" }, "mismatch"],
    ["another merchant", { mch_id: "1900007292" }, "mismatch"],
    ["another currency", { fee_type: "HKD" }, "mismatch"],
    ["more paid than asked", { cash_fee: "1251" }, "mismatch"],
    ["no number", { transaction_id: "" }, "unreadable"],
    ["no time", { time_end: "now" }, "unreadable"],
  ])("with %s in the answer is in doubt", async (_what, changes, cause) => {
    tell({ ...paid, ...changes });
    expect(await pay()).toEqual(unknown(cause));
  });

  it("answered without our sign, by another key, or by what is no XML of ours proves nothing", async () => {
    testing.behave({ status: 200, body: writeFlatXml(paid) });
    expect(await pay()).toEqual(unknown("bad-signature"));
    tell(paid, v2Key.replace("1", "2"));
    expect(await pay()).toEqual(unknown("bad-signature"));
    testing.behave({ status: 200, body: signed(paid).replace("1250", "1251") });
    expect(await pay()).toEqual(unknown("bad-signature"));
    testing.behave({ status: 200, body: writeFlatXml({ return_code: "FAIL", return_msg: "SIGNERROR" }) });
    expect(await pay()).toEqual(unknown("bad-signature", "SIGNERROR"));
    testing.behave({ status: 200, body: `<!DOCTYPE x>${signed(paid)}` });
    expect(await pay()).toEqual(unknown("unreadable"));
    testing.behave({ status: 502, body: "<html></html>" });
    expect(await pay()).toEqual(unknown("server-error"));
  });

  it("is posted once, whatever happens, and not at all when it is none", async () => {
    const heard = testing.heard.length;
    testing.behave("reset");
    expect(await pay()).toEqual(unknown("network"));
    expect(testing.heard.length).toBe(heard + 1);
    expect(await testing.gateway.pay(order, "6901234567892")).toMatchObject({ kind: "refused" });
    expect(testing.heard.length).toBe(heard + 1);
  });
});

describe("what became of it", () => {
  it.each([
    ["NOTPAY", "not-paid"],
    ["USERPAYING", "user-paying"],
    ["PAYERROR", "pay-error"],
    ["REVOKED", "revoked"],
    ["CLOSED", "closed"],
    ["REFUND", "refunded"],
  ])("%s is %s", async (state, kind) => {
    tell({ ...ours, out_trade_no: outTradeNo, trade_state: state });
    expect(await query()).toEqual({ kind });
  });

  it("is asked over v2 for a payment code and over v3 for a QR order, never mixed", async () => {
    tell(paid);
    expect(await query()).toEqual({ kind: "paid", facts });
    expect(testing.heard.at(-1)?.target).toBe("/pay/orderquery");
    await testing.gateway.query(outTradeNo, amountFen, "v3");
    expect(testing.heard.at(-1)?.target).toContain("/v3/pay/transactions/out-trade-no/");
    await testing.gateway.close(outTradeNo);
    expect(testing.heard.at(-1)?.target).toContain("/close");
  });

  it("is unknown for another order, a state nobody knows, and trouble; not found is not found", async () => {
    tell({ ...ours, out_trade_no: "X12345", trade_state: "NOTPAY" });
    expect(await query()).toEqual(unknown("mismatch"));
    tell({ ...ours, out_trade_no: outTradeNo, trade_state: "MAYBE" });
    expect(await query()).toEqual(unknown("unlisted-code"));
    refused("SYSTEMERROR");
    expect(await query()).toEqual(unknown("server-error", "SYSTEMERROR"));
    refused("ORDERNOTEXIST");
    expect(await query()).toEqual({ kind: "not-found" });
  });
});

describe("taking it back", () => {
  it("is accepted, refused, or to be asked again as recall says", async () => {
    tell({ ...ours, recall: "N" });
    expect(await reverse()).toEqual({ kind: "accepted" });
    expect(testing.heard.at(-1)?.target).toBe("/secapi/pay/reverse");
    tell({ ...ours, recall: "Y" });
    expect(await reverse()).toEqual(unknown("unlisted-code"));
    refused("REVERSE_EXPIRE", { recall: "N" });
    expect(await reverse()).toEqual({ kind: "refused", code: "REVERSE_EXPIRE" });
    refused("REVERSE_EXPIRE", { recall: "Y" });
    expect(await reverse()).toEqual(unknown("unlisted-code", "REVERSE_EXPIRE"));
    refused("SYSTEMERROR", { recall: "N" });
    expect(await reverse()).toEqual(unknown("server-error", "SYSTEMERROR"));
    refused("USERPAYING", { recall: "N" });
    expect(await reverse()).toEqual(unknown("unlisted-code", "USERPAYING"));
  });
});

describe("over TLS", () => {
  const trusted = getCACertificates("default");
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    setDefaultCACertificates(trusted);
    for (const stop of stops.splice(0)) await stop();
  });

  it("the merchant shows its certificate to reverse, and to nothing else", async () => {
    const serverKeys = rsaPair(2_048);
    const serverPem = selfSigned(serverKeys.privateKey, "5A0300000003");
    const shown: (readonly [string | undefined, boolean])[] = [];
    const server = createServer(
      { key: serverKeys.privateKey, cert: serverPem, requestCert: true, rejectUnauthorized: false, ca: certificatePem },
      (request, response) => {
        request.resume();
        request.on("end", () => {
          const socket = request.socket as TLSSocket; // an HTTPS server has no other kind of socket
          shown.push([request.url, socket.authorized]);
          response.end(signed({ ...ours, recall: "N" }));
        });
      },
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    stops.push(() => new Promise((resolve) => server.close(() => resolve())));
    setDefaultCACertificates([...trusted, serverPem]);
    const { port } = server.address() as AddressInfo; // a TCP server that listens has no other kind of address
    const client = await startTestingGateway({}, { ...v2Config, baseUrl: `https://127.0.0.1:${port}` }, v2Parts);
    stops.push(client.stop);
    expect(await client.gateway.reverse(outTradeNo, "v2")).toEqual({ kind: "accepted" });
    await client.gateway.query(outTradeNo, amountFen, "v2");
    expect(shown).toEqual([
      ["/secapi/pay/reverse", true],
      ["/pay/orderquery", false],
    ]);
  });
});
