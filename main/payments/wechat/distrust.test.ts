import { createPublicKey, sign, verify } from "node:crypto";
import { fen } from "#core/money/fen.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Headers,
  merchantKeys,
  signedHeaders,
  startTestingGateway,
  testNowMs,
  type TestingGateway,
} from "./testing-gateway.ts";

const authCode = "134567890123456789";
const order = { outTradeNo: "SH01T01261121120000B", amountFen: fen(100), description: "x" };
const paidBody = JSON.stringify({
  appid: "wxd678efh567hg6787",
  mchid: "1900007291",
  out_trade_no: order.outTradeNo,
  trade_state: "SUCCESS",
  transaction_id: "4200000891202103228088184743",
  success_time: "2026-11-21T12:00:00+08:00",
  amount: { total: 100 },
});
const unknown = (cause: string, code: string | null = null) => ({ kind: "unknown", cause, code });
const seconds = Math.floor(testNowMs / 1_000);

let testing: TestingGateway;
beforeEach(async () => {
  testing = await startTestingGateway({ requestTimeoutMs: 700 });
});
afterEach(() => testing.stop());
const pay = () => testing.gateway.pay(order, authCode);

/** Every question of the port, with what a forged yes would make of it. */
const everyQuestion = () => [
  pay(),
  testing.gateway.query(order.outTradeNo, order.amountFen, "v3"),
  testing.gateway.openNative(order, testNowMs + 60_000),
  testing.gateway.reverse(order.outTradeNo, "v3"),
  testing.gateway.close(order.outTradeNo),
];

const forgeries: readonly (readonly [string, (signed: Headers) => Headers])[] = [
  ["no signature", () => ({})],
  ["a signature over other bytes", () => signedHeaders(Buffer.from("{}"))],
  ["the gateway's probe", (signed) => ({ ...signed, "Wechatpay-Signature": `WECHATPAY/SIGNTEST/${"A".repeat(325)}` })],
  ["a serial we do not know", (signed) => ({ ...signed, "Wechatpay-Serial": "PUB_KEY_ID_0" })],
  ["a signature of last week", () => signedHeaders(Buffer.from(paidBody), seconds - 7 * 86_400)],
  ["a signature five minutes ahead", () => signedHeaders(Buffer.from(paidBody), seconds + 300)],
  [
    "a signature by the merchant itself",
    (signed) => {
      const message = `${signed["Wechatpay-Timestamp"]}\n${signed["Wechatpay-Nonce"]}\n${paidBody}\n`;
      const forged = sign("RSA-SHA256", Buffer.from(message), merchantKeys.privateKey).toString("base64");
      return { ...signed, "Wechatpay-Signature": forged };
    },
  ],
];

describe("an answer that is not the gateway's own", () => {
  it.each(forgeries)("a 200 with %s proves nothing, whatever was asked", async (_what, spoil) => {
    testing.behave({ status: 200, body: paidBody, spoil });
    expect(await Promise.all(everyQuestion())).toEqual(Array(5).fill(unknown("bad-signature")));
    expect(testing.reachability).toEqual([]);
  });

  it.each(forgeries)("a 400 with %s refuses nothing", async (_what, spoil) => {
    testing.behave({ status: 400, body: { code: "AUTH_CODE_INVALID" }, spoil });
    expect(await pay()).toEqual(unknown("bad-signature", "AUTH_CODE_INVALID"));
  });

  it("an unsigned 404 does not say that an order does not exist, an unsigned 204 does not close", async () => {
    testing.behave({ status: 404, body: { code: "ORDER_NOT_EXIST" }, spoil: () => ({}) });
    const answer = await testing.gateway.query(order.outTradeNo, order.amountFen, "v3");
    expect(answer).toEqual(unknown("bad-signature", "ORDER_NOT_EXIST"));
    testing.behave({ status: 204, spoil: () => ({}) });
    expect(await testing.gateway.close(order.outTradeNo)).toEqual(unknown("bad-signature"));
  });

  it("an unsigned SIGN_ERROR keeps its code, so that the cashier is told about keys and clock", async () => {
    testing.behave({ status: 401, body: { code: "SIGN_ERROR" }, spoil: () => ({}) });
    expect(await pay()).toEqual(unknown("bad-signature", "SIGN_ERROR"));
  });

  it("a proxy's error page is a server error, and text in place of a code is not passed on", async () => {
    testing.behave({ status: 502, body: "<html>Bad Gateway</html>", spoil: () => ({}) });
    expect(await pay()).toEqual(unknown("server-error"));
    testing.behave({ status: 400, body: { code: `please pay ${authCode}` }, spoil: () => ({}) });
    expect(await pay()).toEqual(unknown("bad-signature"));
  });

  it("is told apart in the log, with the time it was signed", async () => {
    testing.behave({ status: 200, body: paidBody, spoil: () => signedHeaders(Buffer.from(paidBody), seconds - 400) });
    await pay();
    expect(testing.logged.at(-1)).toContain(`"distrust":"stale","signedAt":"${seconds - 400}"`);
  });
});

describe("an answer that does not come, or not whole", () => {
  it("in time is a timeout, once, and the gateway counts as offline", async () => {
    testing.behave("hold");
    expect(await pay()).toEqual(unknown("timeout"));
    expect(testing.heard).toHaveLength(1);
    expect(testing.reachability).toEqual(["offline"]);
  });

  it.each(["reset", "half"] as const)(
    "but breaks off (%s) is a network fault, and is not posted again",
    async (how) => {
      testing.behave(how);
      expect(await pay()).toEqual(unknown("network"));
      expect(testing.heard).toHaveLength(1);
    },
  );

  it("because nobody listens is a network fault", async () => {
    await testing.stop();
    expect(await Promise.all(everyQuestion())).toEqual(Array(5).fill(unknown("network")));
    expect(testing.reachability).toEqual(["offline"]);
  });

  it("over 256 KiB is not read to the end", async () => {
    testing.behave({ status: 200, body: `"${"x".repeat(300_000)}"` });
    expect(await pay()).toEqual(unknown("unreadable"));
  });

  it.each(["<xml></xml>", "{", Buffer.from([0x22, 0xff, 0x22]), "[]", "null", '"SUCCESS"', ""])(
    "signed but not what was asked for is unreadable: %j",
    async (body) => {
      testing.behave({ status: 200, body });
      expect(await pay()).toEqual(unknown("unreadable"));
    },
  );

  it("signed, but with bytes that are no text, is unreadable", async () => {
    const [before, after] = paidBody.split('"appid"');
    const bytes = [Buffer.from(`${before}"memo":"`), Buffer.from([0xff]), Buffer.from(`","appid"${after}`)];
    testing.behave({ status: 200, body: Buffer.concat(bytes) });
    expect(await pay()).toEqual(unknown("unreadable"));
  });

  it("is forgotten with the next one that is signed: online is told once", async () => {
    testing.behave("reset");
    await pay();
    testing.behave({ status: 200, body: paidBody });
    await pay();
    await pay();
    expect(testing.reachability).toEqual(["offline", "online"]);
  });
});

describe("mistakes seen in public code", () => {
  it("the payment code at the top of the body, a notify_url in it, or a null: none of them", async () => {
    testing.behave({ status: 200, body: paidBody });
    await pay();
    expect(JSON.parse(testing.heard[0]?.body.toString() ?? "")).toEqual({
      appid: "wxd678efh567hg6787",
      mchid: "1900007291",
      description: "x",
      out_trade_no: order.outTradeNo,
      payer: { auth_code: authCode },
      amount: { total: 100, currency: "CNY" },
      scene_info: { device_id: "T01", store_info: { out_id: "SH01" } },
    });
    await Promise.all(everyQuestion());
    for (const { body } of testing.heard) expect(body.toString()).not.toContain("null");
  });

  it("throwing while the customer types, and taking only a 200 for an answer", async () => {
    testing.behave({ status: 202, body: { trade_state: "USERPAYING" } });
    await expect(pay()).resolves.toEqual({ kind: "user-paying" });
    testing.behave({ status: 204 });
    await expect(testing.gateway.close(order.outTradeNo)).resolves.toEqual({ kind: "closed" });
  });

  it("verifying JSON that was parsed and written again", async () => {
    const oddly = paidBody.replaceAll(",", " ,\n\t").replace("SUCCESS", String.raw`\u0053UCCESS`);
    testing.behave({ status: 200, body: oddly });
    expect((await pay()).kind).toBe("paid");
    // The same value in other bytes than the signed ones.
    testing.behave({ status: 200, body: oddly, spoil: () => signedHeaders(Buffer.from(paidBody)) });
    expect(await pay()).toEqual(unknown("bad-signature"));
  });

  it("signing other bytes than those sent, or sending others than those signed", async () => {
    testing.behave({ status: 200, body: paidBody });
    await Promise.all(everyQuestion());
    for (const { method, target, headers, body } of testing.heard) {
      const fields = headers.authorization ?? "";
      const field = (name: string) => new RegExp(`${name}="([^"]*)"`, "u").exec(fields)?.[1] ?? "";
      const head = Buffer.from(`${method}\n${target}\n${field("timestamp")}\n${field("nonce_str")}\n`);
      const message = Buffer.concat([head, body, Buffer.from("\n")]);
      const signature = Buffer.from(field("signature"), "base64");
      expect(verify("RSA-SHA256", message, createPublicKey(merchantKeys.publicKey), signature)).toBe(true);
      expect(field("timestamp")).toBe(`${seconds}`);
      expect(headers["wechatpay-serial"]).toBe("PUB_KEY_ID_0110000000");
    }
    const nonces = testing.heard.map(({ headers }) => /nonce_str="(\w+)"/u.exec(headers.authorization ?? "")?.[1]);
    expect(new Set(nonces).size).toBe(5);
  });

  it("logging the payment code: no line has it, or a body, also when it is echoed at us", async () => {
    const echo = { code: "AUTH_CODE_INVALID", message: `code ${authCode}`, detail: { value: authCode } };
    for (const status of [200, 202, 400, 401, 500]) {
      testing.behave({ status, body: echo });
      await Promise.all(everyQuestion());
      testing.behave({ status, body: echo, spoil: () => ({}), headers: { "Request-ID": "08DA-268435461" } });
      await Promise.all(everyQuestion());
    }
    testing.behave("reset");
    await pay();
    const log = testing.logged.join("\n");
    expect(testing.logged).toHaveLength(51);
    expect(log).toContain('"requestId":"08DA-268435461"');
    expect(log).toContain('"path":"/v3/pay/transactions/codepay"');
    expect(log).not.toContain(authCode);
    expect(log).not.toMatch(/1[0-5]\d{16}|auth_code|message|signature="|description/u);
    // The control: the server did hear the code, so a client that logged bodies would have been caught.
    expect(testing.heard.some(({ body }) => body.includes(authCode))).toBe(true);
  });
});
