import { generateKeyPairSync, sign } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { terminalConfigSchema, type WechatPayConfig } from "#contract/config/terminal.ts";
import { assert } from "#core/result.ts";
import { createWechatGateway, type WechatGateway, type WechatGatewayParts } from "./create-wechat-gateway.ts";

/** What the tests' HTTP server heard, byte for byte. */
export interface Heard {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type Headers = Readonly<Record<string, string>>;

export interface Told {
  readonly status: number;
  /** Text as it stands, or an object sent as JSON. */
  readonly body?: string | Buffer | object;
  readonly headers?: Headers;
  /** Changes the signed headers, or takes them away. */
  readonly spoil?: (signed: Headers) => Headers;
}

/** What the server does with a request: an answer, a socket that stays open, one that breaks, or half an answer. */
export type Behaviour = Told | "hold" | "reset" | "half";

export interface TestingGateway {
  readonly gateway: WechatGateway;
  readonly baseUrl: string;
  readonly heard: readonly Heard[];
  readonly logged: readonly string[];
  readonly reachability: readonly string[];
  /** What is done with every request from now on. */
  behave(behaviour: Behaviour | ((heard: Heard) => Behaviour)): void;
  stop(): Promise<void>;
}

/** Saturday noon in the shop; the tests' gateway and till agree on it. */
export const testNowMs = Date.UTC(2026, 10, 21, 4, 0, 0);
export const merchantKeys = rsaPair(2_048);
export const platformKeys = rsaPair(2_048);

export function rsaPair(modulusLength: number): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync("rsa", {
    modulusLength,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}

export function testConfig(changes: Partial<WechatPayConfig> = {}): WechatPayConfig {
  const schema = terminalConfigSchema.shape.wechatPay.unwrap();
  return schema.parse({
    baseUrl: "http://127.0.0.1:1",
    mchid: "1900007291",
    appid: "wxd678efh567hg6787",
    certSerial: "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB",
    privateKeyFile: "merchant.pem",
    publicKeyId: "PUB_KEY_ID_0110000000",
    publicKeyFile: "gateway.pem",
    storeInfo: { outId: "SH01" },
    notifyUrl: "https://shop.example/wechatpay",
    ...changes,
  });
}

/** The headers the gateway signs an answer with, worked out from the published rule with nothing of the client's. */
export function signedHeaders(body: Buffer, timestampSeconds = Math.floor(testNowMs / 1_000)): Headers {
  const message = Buffer.from(
    `${timestampSeconds}\n5K8264ILTKCH16CQ2502SI8ZNMTM67VS\n${body.toString("latin1")}\n`,
    "latin1",
  );
  return {
    "Wechatpay-Timestamp": `${timestampSeconds}`,
    "Wechatpay-Nonce": "5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
    "Wechatpay-Serial": "PUB_KEY_ID_0110000000",
    "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
    "Wechatpay-Signature": sign("RSA-SHA256", message, platformKeys.privateKey).toString("base64"),
  };
}

/** A client, and a real HTTP server on this machine that answers it as told. */
export async function startTestingGateway(
  timing: Partial<WechatPayConfig["timing"]> = {},
  changes: Partial<WechatPayConfig> = {},
  parts: Partial<WechatGatewayParts> = {},
): Promise<TestingGateway> {
  const heard: Heard[] = [];
  const logged: string[] = [];
  const reachability: string[] = [];
  let next: Behaviour | ((heard: Heard) => Behaviour) = "hold";
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: target = "", headers } = request;
      const question = { method, target, headers, body: Buffer.concat(chunks) };
      heard.push(question);
      const behaviour = typeof next === "function" ? next(question) : next;
      if (behaviour === "hold") return;
      if (behaviour === "reset") return void request.socket.resetAndDestroy();
      if (behaviour === "half") {
        response.writeHead(200, { "Content-Length": "1000" });
        response.write("{", () => request.socket.destroy());
        return;
      }
      const body = bytesOf(behaviour.body);
      const signed = signedHeaders(body);
      response.writeHead(behaviour.status, { ...(behaviour.spoil?.(signed) ?? signed), ...behaviour.headers });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has no other kind of address
  const baseUrl = `http://127.0.0.1:${port}`;
  const config = testConfig({ baseUrl, ...changes });
  let requests = 0;
  const created = createWechatGateway({
    config: { ...config, timing: { ...config.timing, ...timing } },
    privateKeyPem: merchantKeys.privateKey,
    publicKeyPem: platformKeys.publicKey,
    deviceId: "T01",
    now: () => testNowMs,
    nonce: () => `nonce${(requests += 1)}`,
    log: (what, facts) => logged.push(`${what} ${JSON.stringify(facts)}`),
    onReachability: (state) => reachability.push(state),
    ...parts,
  });
  assert(created.ok, "the tests' keys are good ones");
  return {
    gateway: created.value,
    baseUrl,
    heard,
    logged,
    reachability,
    behave: (behaviour) => {
      next = behaviour;
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function bytesOf(body: Told["body"]): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}
