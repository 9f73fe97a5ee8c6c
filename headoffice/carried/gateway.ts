import { randomBytes } from "node:crypto";
import { z } from "zod";
import { fen } from "#core/money/fen.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { type GatewayLine, parseJson } from "#wechatpay/ask.ts";
import { close } from "#wechatpay/close.ts";
import { createHosts } from "#wechatpay/hosts.ts";
import { type Exchange, exchange } from "#wechatpay/http.ts";
import { bridgeParameters, openJsapi } from "#wechatpay/jsapi.ts";
import { createKeyRing } from "#wechatpay/key-ring.ts";
import { readNotice } from "#wechatpay/notice.ts";
import { query } from "#wechatpay/query.ts";
import { queryRefund, refund } from "#wechatpay/refund.ts";
import { readPayment, readTransaction } from "#wechatpay/transaction.ts";
import type { Office } from "../office.ts";
import type { CarriedGateway, OrderAsked } from "./carried.ts";
import type { Merchant } from "./merchant.ts";

/** Long enough for a slow line, short enough for a customer who waits. Milliseconds. */
const requestTimeoutMs = 10_000;
const nonceBytes = 16;

const tokenSchema = z.looseObject({ openid: z.string().regex(/^[\w-]{1,128}$/u) });

export function createCarriedGateway(
  merchant: Merchant,
  { clock, log }: Pick<Office, "clock" | "log">,
  over: Exchange = exchange,
): CarriedGateway {
  const line = lineOf(merchant, clock.now, log, over);
  const { appid } = merchant;
  const refundOrder = ({ outTradeNo, amountFen, transactionId }: OrderAsked) => ({
    ...{ outTradeNo, transactionId, outRefundNo: `${outTradeNo}R1`, reason: "" },
    ...{ amountFen: fen(amountFen), totalFen: fen(amountFen) },
  });
  return {
    payUrl: merchant.payUrl,
    authorizeUrl(backTo, state) {
      const asked = { appid, redirect_uri: backTo, response_type: "code", scope: "snsapi_base", state };
      const query = new URLSearchParams(asked).toString();
      return new URL(`/connect/oauth2/authorize?${query}#wechat_redirect`, merchant.hosts.open).href;
    },
    openidOf: (code) => askOpenid(merchant, code, over),
    open: ({ outTradeNo, amountFen, description, expiresMs: expiresAtMs }, openid) =>
      openJsapi(line, `${merchant.payUrl}/carried/notice`, {
        ...{ outTradeNo, description, expiresAtMs, openid, amountFen: fen(amountFen) },
      }),
    bridge: (prepayId) =>
      bridgeParameters(merchant.privateKey, { appid, prepayId }, Math.floor(clock.now() / 1_000), newNonce()),
    query: ({ outTradeNo, amountFen }) => query(line, outTradeNo, fen(amountFen)),
    close: (outTradeNo) => close(line, outTradeNo),
    refund: (order) => refund(line, refundOrder(order)),
    queryRefund: (order) => queryRefund(line, refundOrder(order)),
    readNotice: (headers, body) => readNotice({ headers, body }, line.gatewayKeys, merchant.apiV3Key, clock.now()),
    paymentIn(told, { outTradeNo, amountFen }) {
      const transaction = readTransaction(line, outTradeNo, told);
      if (!transaction.ok || transaction.value.trade_state !== "SUCCESS") return null;
      const payment = readPayment(transaction.value, fen(amountFen));
      return payment.ok ? { transactionId: payment.value.transactionId } : null;
    },
  };
}

function lineOf(merchant: Merchant, now: () => number, log: Office["log"], over: Exchange): GatewayLine {
  const { mchid, appid, certSerial, privateKey, publicKeyId, publicKey } = merchant;
  const ring = createKeyRing({ id: publicKeyId, key: publicKey }, [], now);
  return {
    ...{ appid, publicKeyId, requestTimeoutMs, now, exchange: over },
    hosts: createHosts(merchant.hosts.pay, () => performance.now()),
    merchant: { mchid, certSerial, privateKey },
    partner: null,
    gatewayKeys: ring,
    sealingKey: ring.sealingKey,
    nonce: newNonce,
    // Facts of a request, never its body: ask.ts says which.
    log: (what, facts) => log({ event: "gateway", what, ...plainFacts(facts) }),
    onReachability: () => {},
    onClockOffset: () => {},
    onUnknownSerial: () => log({ event: "gateway-key-unknown" }),
  };
}

function plainFacts(facts: Readonly<Record<string, unknown>>): Record<string, string | number | boolean> {
  const plain: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(facts)) {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") plain[name] = value;
  }
  return plain;
}

/** The answer is signed by nobody; it comes over TLS from WeChat's own host, and names who may pay, no more. */
async function askOpenid(
  { appid, appSecret, hosts }: Merchant,
  code: string,
  over: Exchange,
): Promise<Result<string, "used-code" | "no-answer">> {
  const asked = new URLSearchParams({ appid, secret: appSecret, code, grant_type: "authorization_code" });
  const answer = await over({
    ...{ baseUrl: hosts.api, method: "GET", target: `/sns/oauth2/access_token?${asked.toString()}` },
    ...{ headers: { Accept: "application/json" }, body: Buffer.alloc(0), timeoutMs: requestTimeoutMs },
  });
  if (!answer.ok || answer.value.status !== 200) return fail("no-answer");
  const json = parseJson(answer.value.body);
  const token = tokenSchema.safeParse(json.ok ? json.value : null);
  if (token.success) return ok(token.data.openid);
  // Whatever else WeChat has against it: another code is a redirect away.
  return fail(json.ok ? "used-code" : "no-answer");
}

function newNonce(): string {
  return randomBytes(nonceBytes).toString("hex");
}
