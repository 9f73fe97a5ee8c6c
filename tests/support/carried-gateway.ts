import { createCipheriv, createHash, randomBytes, sign } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { readPrivateKey, readPublicKey } from "#wechatpay/keys.ts";
import type { Merchant } from "#headoffice/carried/merchant.ts";
import { assert } from "#core/result.ts";
import { rsaPair } from "./rsa-pair.ts";

const [mchid, appid, appSecret, apiV3Key] = [
  ...["1900007291", "wxd678efh567hg6787", "0123456789abcdef0123456789abcdef", "K".repeat(32)],
] as const;
const publicKeyId = "PUB_KEY_ID_0110000000";

export interface GatewayOrder {
  readonly amountFen: number;
  readonly openid: string;
  readonly facts: string;
  state: "NOTPAY" | "SUCCESS" | "CLOSED" | "REFUND";
  refund: "PROCESSING" | "SUCCESS" | null;
}

/**
 * What the tests' gateway does wrong: it answers nothing, though it did what it was asked; it does nothing and says a server
 * error; the same where it is asked about orders, while it still says who pays.
 */
export type GatewayTrouble = "lost" | "down" | "orders-down" | null;

/** WeChat Pay as head office meets it (shared facts of the protocol), small and with nothing of the product's own code. */
export interface CarriedTwin {
  readonly url: string;
  readonly merchant: Merchant;
  readonly orders: ReadonlyMap<string, GatewayOrder>;
  /** `POST /v3/refund…` that named a number not named before. */
  readonly refunds: readonly { readonly outRefundNo: string; readonly amountFen: number }[];
  /** Each question, as method and path without its query. */
  readonly asked: readonly string[];
  trouble(of: GatewayTrouble): void;
  /** The customer behind `openid` confirms; false where the order cannot be paid any more. */
  pay(outTradeNo: string, openid?: string): boolean;
  /** Refunds stay under way until they are let go. */
  holdRefunds(hold: boolean): void;
  /** The notification of a payment: its bytes and headers, as they would be sent now. */
  notice(outTradeNo: string, more?: { readonly total?: number; readonly mchid?: string }): SignedPost;
  stop(): Promise<void>;
}

export interface SignedPost {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** @param now the clock of both; milliseconds since 1970 */
export async function startCarriedTwin(now: () => number): Promise<CarriedTwin> {
  const orders = new Map<string, GatewayOrder & { expiresMs: number }>();
  const refunds: { outRefundNo: string; amountFen: number }[] = [];
  const asked: string[] = [];
  const usedCodes = new Set<string>();
  let [trouble, areHeld]: [GatewayTrouble, boolean] = [null, false];

  const transaction = (outTradeNo: string, order: GatewayOrder, more: { total?: number; mchid?: string } = {}) => ({
    ...{ appid, mchid: more.mchid ?? mchid, out_trade_no: outTradeNo, trade_type: "JSAPI", trade_state: order.state },
    ...(order.state === "SUCCESS" || order.state === "REFUND"
      ? { transaction_id: transactionIdOf(outTradeNo), success_time: "2026-03-02T12:00:00+08:00" }
      : {}),
    amount: { total: more.total ?? order.amountFen, currency: "CNY" },
  });
  const signed = (body: string): Record<string, string> => {
    const [timestamp, nonce] = [String(Math.floor(now() / 1_000)), randomBytes(16).toString("hex")];
    return {
      ...{ "wechatpay-timestamp": timestamp, "wechatpay-nonce": nonce, "wechatpay-serial": publicKeyId },
      "wechatpay-signature": sign(
        "sha256",
        Buffer.from(`${timestamp}\n${nonce}\n${body}\n`),
        platformKeys.privateKey,
      ).toString("base64"),
    };
  };
  const refundOf = (outTradeNo: string, order: GatewayOrder) => ({
    ...{ refund_id: "50000000000000000000000000000001", out_refund_no: `${outTradeNo}R1`, out_trade_no: outTradeNo },
    ...{ status: order.refund, amount: { total: order.amountFen, refund: order.amountFen, currency: "CNY" } },
  });
  const fault = (status: number, code: string): Told => ({ status, body: { code, message: code } });

  const answer = (method: string, url: URL, text: string): Told => {
    const path = url.pathname;
    asked.push(`${method} ${path}`);
    if (path === "/sns/oauth2/access_token") {
      const code = url.searchParams.get("code") ?? "";
      const isRight = url.searchParams.get("secret") === appSecret && url.searchParams.get("appid") === appid;
      if (!isRight || usedCodes.has(code)) return { status: 200, body: { errcode: 40_029, errmsg: "invalid code" } };
      usedCodes.add(code);
      return { status: 200, body: { access_token: "t", openid: code.replace(/-\d+$/, "") } };
    }
    if (path === "/v3/pay/transactions/jsapi") {
      const body = JSON.parse(text);
      const known = orders.get(body.out_trade_no);
      if (known?.state === "SUCCESS") return fault(400, "ORDERPAID");
      if (known?.state === "CLOSED") return fault(400, "ORDER_CLOSED");
      if (known !== undefined && known.facts !== text) return fault(400, "INVALID_REQUEST");
      const expiresMs = Date.parse(body.time_expire);
      const { total: amountFen } = body.amount;
      const fresh = { amountFen, openid: body.payer.openid, facts: text, expiresMs, state: "NOTPAY", refund: null };
      if (known === undefined) orders.set(body.out_trade_no, { ...fresh, state: "NOTPAY" });
      return { status: 200, body: { prepay_id: `wx${createHash("sha1").update(text).digest("hex")}` } };
    }
    if (path === "/v3/refund/domestic/refunds") {
      const body = JSON.parse(text);
      const outTradeNo =
        [...orders.keys()].find((no) => transactionIdOf(no) === body.transaction_id) ?? body.out_trade_no;
      const order = orders.get(outTradeNo);
      if (order === undefined) return fault(404, "RESOURCE_NOT_EXISTS");
      if (order.refund === null && order.state !== "SUCCESS") return fault(403, "NOT_ENOUGH");
      if (order.refund === null) {
        refunds.push({ outRefundNo: body.out_refund_no, amountFen: body.amount.refund });
        Object.assign(order, { state: "REFUND", refund: areHeld ? "PROCESSING" : "SUCCESS" });
      }
      return { status: 200, body: refundOf(outTradeNo, order) };
    }
    const refundNo = /^\/v3\/refund\/domestic\/refunds\/(.+)R1$/.exec(path)?.[1];
    if (refundNo !== undefined) {
      const order = orders.get(refundNo);
      if (order === undefined || order.refund === null) return fault(404, "RESOURCE_NOT_EXISTS");
      if (!areHeld) order.refund = "SUCCESS";
      return { status: 200, body: refundOf(refundNo, order) };
    }
    const [, outTradeNo = "", close] = /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)(\/close)?$/.exec(path) ?? [];
    const order = orders.get(outTradeNo);
    if (order === undefined) return fault(404, "ORDER_NOT_EXIST");
    if (close === undefined) return { status: 200, body: transaction(outTradeNo, order) };
    if (order.state !== "NOTPAY" && order.state !== "CLOSED") return fault(400, "ORDERPAID");
    order.state = "CLOSED";
    return { status: 204 };
  };

  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const isDown = trouble === "down" || (trouble === "orders-down" && request.url?.startsWith("/v3/"));
      if (isDown) return void response.writeHead(502).end();
      const url = new URL(request.url ?? "/", "http://twin");
      const isOpen = url.pathname.startsWith("/sns/");
      const isAuthorized = isOpen || (request.headers.authorization ?? "").includes(`mchid="${mchid}"`);
      const told = isAuthorized ? answer(request.method ?? "", url, text) : fault(401, "SIGN_ERROR");
      if (trouble === "lost") return void response.destroy();
      const body = told.body === undefined ? "" : JSON.stringify(told.body);
      response.writeHead(told.status, { ...signed(body), "content-type": "application/json" });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on an address has one.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url, orders, refunds, asked },
    merchant: merchantOf(url, merchantKeys, platformKeys),
    trouble: (of) => void (trouble = of),
    pay(outTradeNo, openid) {
      const order = orders.get(outTradeNo);
      if (order === undefined || order.state !== "NOTPAY" || now() >= order.expiresMs) return false;
      if (openid !== undefined && openid !== order.openid) return false;
      order.state = "SUCCESS";
      return true;
    },
    holdRefunds: (hold) => void (areHeld = hold),
    notice(outTradeNo, more) {
      const order = orders.get(outTradeNo);
      assert(order !== undefined, "a notification of an order there is");
      const nonce = randomBytes(6).toString("hex");
      const cipher = createCipheriv("aes-256-gcm", Buffer.from(apiV3Key), Buffer.from(nonce));
      cipher.setAAD(Buffer.from("transaction"));
      const sealed = Buffer.concat([
        ...[cipher.update(JSON.stringify(transaction(outTradeNo, order, more))), cipher.final(), cipher.getAuthTag()],
      ]);
      const resource = { original_type: "transaction", algorithm: "AEAD_AES_256_GCM", associated_data: "transaction" };
      const body = JSON.stringify({
        ...{
          id: randomBytes(16).toString("hex"),
          event_type: "TRANSACTION.SUCCESS",
          resource_type: "encrypt-resource",
        },
        resource: { ...resource, nonce, ciphertext: sealed.toString("base64") },
      });
      return { headers: { ...signed(body), "content-type": "application/json" }, body };
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Told {
  readonly status: number;
  readonly body?: object;
}

function merchantOf(url: string, merchantKeys: Pair, platformKeys: Pair): Merchant {
  const privateKey = readPrivateKey(merchantKeys.privateKey);
  const publicKey = readPublicKey(platformKeys.publicKey, null);
  assert(privateKey.ok && publicKey.ok, "keys that were just made");
  const host = new URL(url);
  return {
    ...{ mchid, appid, appSecret, apiV3Key, publicKeyId, certSerial: "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB" },
    ...{ privateKey: privateKey.value, publicKey: publicKey.value, payUrl: "https://pay.example" },
    hosts: { pay: [host], open: new URL("https://open.example"), api: host },
  };
}

type Pair = ReturnType<typeof rsaPair>;

/** Made once. */
const [merchantKeys, platformKeys] = [rsaPair(), rsaPair()];

function transactionIdOf(outTradeNo: string): string {
  return `42000${createHash("sha1").update(outTradeNo).digest("hex").replaceAll(/\D/g, "").padEnd(23, "0").slice(0, 23)}`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
