import { createPublicKey, createSign, createVerify, generateKeyPairSync, randomBytes } from "node:crypto";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { createGateway, type Gateway, type GatewayOptions } from "./gateway.ts";

/*
 * For tests only: a till's side of the wire, written a third time from the documentation, so that neither the
 * gateway's verifier nor the product's client is checked by itself.
 */

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly bytes: Buffer;
  /** Parsed body, `{}` when there is none or it is not JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The answer carries a valid signature of the gateway's key, within five minutes of the clock. */
  readonly isGenuine: boolean;
}

export interface SendOptions {
  readonly method: "GET" | "POST";
  readonly target: string;
  readonly body?: string | Uint8Array;
  /** Replaces or (undefined) drops single headers. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Replaces parts of what is signed and said. */
  readonly sign?: {
    readonly mchid?: string;
    readonly serial?: string;
    readonly atMs?: number;
    readonly method?: string;
    readonly target?: string;
    /** The body that is signed, in place of the one that is sent. */
    readonly over?: string;
  };
  /** Gives up after this long, in ms of real time; the promise then rejects. */
  readonly timeoutMs?: number;
}

function pemPair() {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
}

const merchantPair = pemPair();
const platformPair = pemPair();

export const account = {
  mchid: "1900007291",
  appid: "wxd678efh567hg6787",
  certSerial: "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB",
  publicKeyId: "PUB_KEY_ID_0000000000000024101100397200000006",
} as const;

/** The documentation's own sample keys. */
export const apiV3Key = "a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb";
export const apiV2Key = "192006250b4c09247ec02edce69f6a2d";

export const appSecret = "0123456789abcdef0123456789abcdef";
/** The shop's page, registered with WeChat. */
export const pageHost = "pay.example.cn";

export const startOfTime = Date.parse("2026-11-22T09:00:00+08:00");

export interface RefundAsked {
  readonly outTradeNo?: string;
  readonly refund: number;
  readonly total: number;
  readonly extra?: object;
}

export interface Bench {
  readonly gateway: Gateway;
  readonly clock: { nowMs: number };
  readonly announced: string[];
  readonly send: (options: SendOptions) => Promise<Reply>;
  readonly codepay: (outTradeNo: string, amountFen: number, authCode: string, extra?: object) => Promise<Reply>;
  readonly native: (outTradeNo: string, amountFen: number, extra?: object) => Promise<Reply>;
  /** For the first phone unless `extra` names another payer. */
  readonly jsapi: (outTradeNo: string, amountFen: number, extra?: object) => Promise<Reply>;
  readonly query: (outTradeNo: string) => Promise<Reply>;
  readonly close: (outTradeNo: string) => Promise<Reply>;
  readonly reverse: (outTradeNo: string) => Promise<Reply>;
  /** By out_trade_no unless `extra` says otherwise; `total` is the order's. */
  readonly refund: (outRefundNo: string, what: RefundAsked) => Promise<Reply>;
  readonly get: (target: string, headers?: SendOptions["headers"]) => Promise<Reply>;
  /** A control request, as the simulators' control server would pass it on. */
  readonly control: (method: "GET" | "POST", path: string, body?: object) => Promise<Record<string, unknown>>;
  readonly showCode: () => string;
}

export async function startBench(options: Partial<GatewayOptions> = {}): Promise<Bench> {
  const clock = { nowMs: startOfTime };
  const announced: string[] = [];
  const gateway = await createGateway({
    port: 0,
    merchant: { ...account, publicKeyPem: merchantPair.publicKey, apiV3Key, apiV2Key, appSecret },
    platform: { privateKeyPem: platformPair.privateKey, publicKeyId: account.publicKeyId },
    now: () => clock.nowMs,
    announce: (topic) => announced.push(topic),
    ...options,
  });
  const send = (what: SendOptions) => sendTo(gateway.baseUrl, clock, what);
  const post = (target: string, body: object) => send({ method: "POST", target, body: JSON.stringify(body) });
  const { appid, mchid } = account;
  const byNumber = "/v3/pay/transactions/out-trade-no";
  return {
    gateway,
    clock,
    announced,
    send,
    codepay: (outTradeNo, amountFen, authCode, extra) =>
      post("/v3/pay/transactions/codepay", { ...codepayBody(outTradeNo, amountFen, authCode), ...extra }),
    native: (outTradeNo, amountFen, extra) =>
      post("/v3/pay/transactions/native", { ...nativeBody(outTradeNo, amountFen), ...extra }),
    jsapi: (outTradeNo, amountFen, extra) =>
      post("/v3/pay/transactions/jsapi", { ...jsapiBody(outTradeNo, amountFen), ...extra }),
    query: (outTradeNo) =>
      send({ method: "GET", target: `${byNumber}/${encodeURIComponent(outTradeNo)}?mchid=${mchid}` }),
    refund: (outRefundNo, { outTradeNo, refund, total, extra }) =>
      post("/v3/refund/domestic/refunds", {
        ...{ out_trade_no: outTradeNo, out_refund_no: outRefundNo },
        ...{ amount: { refund, total, currency: "CNY" }, ...extra },
      }),
    get: (target, headers = {}) => send({ method: "GET", target, headers }),
    close: (outTradeNo) => post(`${byNumber}/${outTradeNo}/close`, { mchid }),
    reverse: (outTradeNo) => post(`${byNumber}/${outTradeNo}/reverse`, { appid, mchid }),
    async control(method, path, body = {}) {
      const route = gateway.routes.find((known) => known.method === method && known.path === path);
      if (route === undefined) throw new Error(`no control route ${method} ${path}`);
      // Through JSON and back, as over the control server's wire; every route answers with an object.
      return JSON.parse(JSON.stringify(await route.handle(body))) as Record<string, unknown>;
    },
    showCode: () => gateway.wallet.showCode(),
  };
}

export function codepayBody(outTradeNo: string, amountFen: number, authCode: string) {
  return {
    appid: account.appid,
    mchid: account.mchid,
    description: "可口可乐 330ml 等 2 件",
    out_trade_no: outTradeNo,
    payer: { auth_code: authCode },
    amount: { total: amountFen, currency: "CNY" },
    scene_info: { device_id: "T01", store_info: { out_id: "S001" } },
  };
}

export function nativeBody(outTradeNo: string, amountFen: number) {
  return {
    appid: account.appid,
    mchid: account.mchid,
    description: "可口可乐 330ml 等 2 件",
    out_trade_no: outTradeNo,
    notify_url: "https://shop.example.cn/wechat-notify",
    amount: { total: amountFen, currency: "CNY" },
  };
}

export function jsapiBody(outTradeNo: string, amountFen: number) {
  return { ...nativeBody(outTradeNo, amountFen), payer: { openid: "oTillwaySimulatedCustomer001" } };
}

/** What the shop's page says to `getBrandWCPayRequest`, signed as the shop's server does it. */
export function pagePayment(prepayId: string, nowMs: number) {
  const said = {
    ...{ appId: account.appid, timeStamp: `${Math.floor(nowMs / 1_000)}`, nonceStr: randomBytes(12).toString("hex") },
    ...{ package: `prepay_id=${prepayId}`, signType: "RSA" },
  };
  const signer = createSign("RSA-SHA256");
  for (const line of [said.appId, said.timeStamp, said.nonceStr, said.package]) signer.update(`${line}\n`);
  return { ...said, paySign: signer.sign(merchantPair.privateKey, "base64"), page: `https://${pageHost}/P/ABC` };
}

function sendTo(baseUrl: string, clock: { nowMs: number }, what: SendOptions): Promise<Reply> {
  const body = Buffer.from(what.body ?? "");
  const usual = {
    Accept: "application/json",
    "User-Agent": "test-till/1",
    "Wechatpay-Serial": account.publicKeyId,
    Authorization: authorization(clock, what, body),
    ...(what.method === "POST" ? { "Content-Type": "application/json", "Content-Length": `${body.length}` } : {}),
  };
  const headers = Object.fromEntries(
    Object.entries({ ...usual, ...what.headers }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return new Promise((resolve, reject) => {
    const url = new URL(baseUrl);
    const options = {
      host: url.hostname,
      port: url.port,
      path: what.target,
      method: what.method,
      headers,
      agent: false,
    };
    const request = httpRequest(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve(toReply(response.statusCode ?? 0, response.headers, Buffer.concat(chunks), clock.nowMs)),
      );
    });
    request.on("error", reject);
    if (what.timeoutMs !== undefined) request.setTimeout(what.timeoutMs, () => request.destroy(new Error("timeout")));
    request.end(body);
  });
}

function authorization(clock: { nowMs: number }, what: SendOptions, body: Buffer): string {
  const timestamp = `${Math.floor((what.sign?.atMs ?? clock.nowMs) / 1_000)}`;
  const nonce = randomBytes(16).toString("hex").toUpperCase();
  const signer = createSign("RSA-SHA256");
  signer.update(`${what.sign?.method ?? what.method}\n${what.sign?.target ?? what.target}\n${timestamp}\n${nonce}\n`);
  signer.update(what.sign?.over ?? body);
  signer.update("\n");
  const fields = {
    mchid: what.sign?.mchid ?? account.mchid,
    nonce_str: nonce,
    signature: signer.sign(merchantPair.privateKey, "base64"),
    timestamp,
    serial_no: what.sign?.serial ?? account.certSerial,
  };
  const list = Object.entries(fields).map(([name, value]) => `${name}="${value}"`);
  return `WECHATPAY2-SHA256-RSA2048 ${list.join(",")}`;
}

function toReply(status: number, headers: IncomingHttpHeaders, bytes: Buffer, nowMs: number): Reply {
  const text = bytes.toString("utf8");
  return { status, headers, text, bytes, body: parse(text), isGenuine: isGenuine(headers, bytes, nowMs) };
}

function parse(text: string): Reply["body"] {
  try {
    // Whatever the gateway said; tests compare whole values, so a wrong shape shows.
    return JSON.parse(text) as Reply["body"];
  } catch {
    return {};
  }
}

/** True for an answer or a notice signed by the gateway's key within five minutes of `nowMs`. */
export function isGenuine(headers: IncomingHttpHeaders, bytes: Buffer, nowMs: number): boolean {
  const named = (name: string) => String(headers[`wechatpay-${name}`] ?? "");
  if (named("serial") !== account.publicKeyId) return false;
  if (named("signature-type") !== "WECHATPAY2-SHA256-RSA2048") return false;
  if (Math.abs(nowMs - Number(named("timestamp")) * 1_000) >= 300_000) return false;
  const verifier = createVerify("RSA-SHA256");
  verifier.update(`${named("timestamp")}\n${named("nonce")}\n`);
  verifier.update(bytes);
  verifier.update("\n");
  return verifier.verify(createPublicKey(platformPair.publicKey), named("signature"), "base64");
}
