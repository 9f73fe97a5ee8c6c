import { randomBytes, randomInt } from "node:crypto";
import type { ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
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

/** A key and the name under which the other side knows it. */
export interface Signer {
  readonly privateKeyPem: string;
  readonly serial: string;
}

/** Sends `answer` signed, or spoiled as a script wants it. Returns when the bytes are handed over or dropped. */
export function deliver(
  response: ServerResponse,
  answer: Answer,
  options: {
    readonly signer: Signer;
    readonly nowMs: number;
    readonly form: Form;
    readonly params: ScriptParams;
  },
): void {
  const { form, params } = options;
  if (form === "hold") return;
  if (form === "reset") {
    resetConnection(response);
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
  if (answer.file === undefined) {
    for (const [name, value] of signatureHeaders(body, options)) response.setHeader(name, value);
  } else response.setHeader("Content-Type", "application/octet-stream");
  if (answer.body !== null) response.setHeader("Content-Type", "application/json; charset=utf-8");
  if (form === "truncated") truncate(response, body);
  else response.end(body);
}

/** Kills the connection without a word: a TCP reset, or under TLS, which cannot send one, an end without a goodbye. */
export function resetConnection({ socket }: ServerResponse): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}

function bytesOf(answer: Answer, form: Form, params: ScriptParams): Buffer {
  if (form === "html") return Buffer.from(`<html><body><h1>${answer.status}</h1></body></html>`);
  if (form === "not-json") return Buffer.from("<xml><return_code>SUCCESS</return_code></xml>");
  if (answer.file !== undefined) return form === "damaged" ? withByteChanged(answer.file) : answer.file;
  if (answer.body === null) return Buffer.alloc(0);
  return Buffer.from(JSON.stringify(spell(inWords(answer, params), params)));
}

/** One byte near the middle, where a bill has its rows. */
function withByteChanged(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  const at = Math.floor(copy.length / 2);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
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

/** The five headers over `body`, spoiled as `params.signature` says; also for notifications. */
export function signatureHeaders(
  body: Uint8Array,
  options: { readonly signer: Signer; readonly nowMs: number; readonly params: Pick<ScriptParams, "signature"> },
): readonly (readonly [string, string])[] {
  const fault = options.params.signature;
  if (fault === "missing") return [];
  const clockMs = options.nowMs + (fault === "stale" ? -wrongByMs : fault === "future" ? wrongByMs : 0);
  const timestamp = `${Math.floor(clockMs / 1_000)}`;
  const nonce = randomBytes(16).toString("hex");
  const signature = signAnswer(options.signer.privateKeyPem, { timestamp, nonce, body });
  return [
    ["Wechatpay-Timestamp", timestamp],
    ["Wechatpay-Nonce", nonce],
    ["Wechatpay-Signature", spoil(signature, fault)],
    ["Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048"],
    ["Wechatpay-Serial", fault === "unknown-serial" ? foreignKeyId(options.signer) : options.signer.serial],
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

function foreignKeyId({ serial }: Signer): string {
  return serial.replace(/.$/, (digit) => (digit === "1" ? "2" : "1"));
}

function requestId(errorNumber: number): string {
  return `08${randomBytes(12).toString("hex").toUpperCase()}${randomInt(1e4)}-${errorNumber}`;
}
