import { randomBytes, randomInt } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Answer, JsonObject } from "./answer.ts";
import type { Form } from "./outcomes.ts";
import type { ScriptParams } from "./script.ts";
import type { SignatureFault } from "./signature-fault.ts";
import { signAnswer } from "./signing.ts";

/** The gateway's own key, as the till knows it: `PUB_KEY_ID_…`. */
export interface Platform {
  readonly privateKeyPem: string;
  readonly publicKeyId: string;
}

/** Sends `answer` signed, or spoiled as a script wants it. Returns when the bytes are handed over or dropped. */
export function deliver(
  response: ServerResponse,
  answer: Answer,
  options: {
    readonly platform: Platform;
    readonly nowMs: number;
    readonly form: Form;
    readonly params: ScriptParams;
  },
): void {
  const { form, params } = options;
  if (form === "hold") return;
  if (form === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = bytesOf(answer, form, params);
  response.statusCode = answer.status;
  response.setHeader("Date", new Date(options.nowMs).toUTCString());
  response.setHeader("Request-ID", requestId(answer.errorNumber));
  if (form === "html") {
    // A proxy in front answered, not the gateway: nothing is signed.
    response.setHeader("Content-Type", "text/html").end(body);
    return;
  }
  for (const [name, value] of signatureHeaders(body, options)) response.setHeader(name, value);
  if (answer.body !== null) response.setHeader("Content-Type", "application/json; charset=utf-8");
  if (form === "truncated") truncate(response, body);
  else response.end(body);
}

function bytesOf(answer: Answer, form: Form, params: ScriptParams): Buffer {
  if (form === "html") return Buffer.from(`<html><body><h1>${answer.status}</h1></body></html>`);
  if (form === "not-json") return Buffer.from("<xml><return_code>SUCCESS</return_code></xml>");
  if (answer.body === null) return Buffer.alloc(0);
  return Buffer.from(JSON.stringify(spell(inWords(answer, params), params)));
}

function inWords(answer: Answer, params: ScriptParams): JsonObject {
  const body = answer.body ?? {};
  if (params.userPayingAs !== "code" || answer.status !== 202) return body;
  return { code: "USER_PAYING", message: "需要用户输入支付密码" };
}

function spell(body: JsonObject, params: ScriptParams): JsonObject {
  const { code } = body;
  if (params.spelling !== "plain" || typeof code !== "string") return body;
  return { ...body, code: code.replaceAll("_", "") };
}

/** Announces the whole length, sends half, hangs up; with nothing to halve it just hangs up. */
function truncate(response: ServerResponse, body: Buffer): void {
  if (body.length === 0) {
    response.destroy();
    return;
  }
  response.setHeader("Content-Length", body.length);
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

const wrongByMs = 10 * 60_000;

function signatureHeaders(
  body: Uint8Array,
  options: { readonly platform: Platform; readonly nowMs: number; readonly params: ScriptParams },
): readonly (readonly [string, string])[] {
  const fault = options.params.signature;
  if (fault === "missing") return [];
  const clockMs = options.nowMs + (fault === "stale" ? -wrongByMs : fault === "future" ? wrongByMs : 0);
  const timestamp = `${Math.floor(clockMs / 1_000)}`;
  const nonce = randomBytes(16).toString("hex");
  const signature = signAnswer(options.platform.privateKeyPem, { timestamp, nonce, body });
  return [
    ["Wechatpay-Timestamp", timestamp],
    ["Wechatpay-Nonce", nonce],
    ["Wechatpay-Signature", spoil(signature, fault)],
    ["Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048"],
    ["Wechatpay-Serial", fault === "unknown-serial" ? foreignKeyId(options.platform) : options.platform.publicKeyId],
  ];
}

function spoil(signature: string, fault: SignatureFault | undefined): string {
  if (fault === "signtest") return `WECHATPAY/SIGNTEST/${signature}`;
  if (fault !== "wrong") return signature;
  const bytes = Buffer.from(signature, "base64");
  // One flipped bit: right length, right alphabet, not a signature.
  bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
  return bytes.toString("base64");
}

function foreignKeyId(platform: Platform): string {
  return platform.publicKeyId.replace(/\d$/, (digit) => `${(Number(digit) + 1) % 10}`);
}

function requestId(errorNumber: number): string {
  return `08${randomBytes(12).toString("hex").toUpperCase()}${randomInt(1e4)}-${errorNumber}`;
}
