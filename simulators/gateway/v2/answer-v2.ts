import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "../answer.ts";
import { carryOut, word, type Api } from "../carry-out.ts";
import { resetConnection } from "../delivery.ts";
import type { Merchant, OperationName } from "../operation.ts";
import type { Form } from "../outcomes.ts";
import type { ScriptParams } from "../script.ts";
import { endpointsV2 } from "./calls-v2.ts";
import { isSignedV2, signV2, signTypes, type SignType } from "./sign-v2.ts";
import { businessFields } from "./words-v2.ts";
import { readXml, writeXml } from "./xml.ts";

/**
 * Whether the till showed the merchant's certificate in the TLS handshake. `not-asked`: this gateway has no certificate
 * authority, so nobody can.
 */
export type ClientCertificate = "shown" | "missing" | "not-asked";

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Uint8Array;
  readonly certificate: ClientCertificate;
}

/** A request understood as far as it could be answered in its own terms. */
interface Understood {
  readonly endpoint: (typeof endpointsV2)[number];
  readonly fields: Readonly<Record<string, string>>;
  readonly apiV2Key: string;
  readonly signType: SignType;
}

export function isV2Path(target: string): boolean {
  return /^\/(?:pay|secapi)\//.test(target);
}

/** Answers one request of protocol V2: XML in, XML out, the same book and the same scripts as V3. */
export function answerV2(api: Api, exchange: Exchange): void {
  const { response, certificate } = exchange;
  const understood = understand(api.desk.merchant, exchange);
  if (typeof understood === "string") {
    refuse(api, exchange, understood);
    return;
  }
  const { endpoint, fields } = understood;
  if (endpoint.needsCertificate && certificate === "missing") {
    note(api, exchange, "client certificate missing");
    // The proxy in front says this, in its own words, and never lets the request through.
    response.writeHead(400, { "Content-Type": "text/html" });
    response.end("<html><head><title>400 No required SSL certificate was sent</title></head></html>");
    return;
  }
  const call = endpoint.read(api.desk, fields);
  if (!call.ok) {
    note(api, exchange, word(call.answer.body?.["message"]));
    deliverV2(api, exchange, understood, call.answer, "whole", {});
    return;
  }
  carryOut(api, endpoint.operation, call.value, (answer, form, params) => {
    deliverV2(api, exchange, understood, answer, form, params);
  });
}

/** What the request means, or the sentence with which the gateway turns it away unsigned. */
function understand(merchant: Merchant, { request, body }: Exchange): Understood | string {
  const endpoint = endpointsV2.find(({ path }) => path === request.url);
  if (endpoint === undefined) return "请求的资源不存在";
  if (request.method !== "POST") return "请使用post方法";
  const found = readXml(body);
  if (found === null) return "XML格式错误";
  const fields = Object.fromEntries(found);
  const signType = signTypes.find((known) => known === (fields["sign_type"] ?? "MD5"));
  const { apiV2Key } = merchant;
  if (fields["mch_id"] !== merchant.mchid) return "商户号mch_id与appid不匹配";
  if (fields["appid"] !== merchant.appid) return "appid and mch_id not match";
  if (apiV2Key === undefined || signType === undefined) return "签名错误";
  if (!isSignedV2(fields, apiV2Key, signType)) return "签名错误";
  return { endpoint, fields, apiV2Key, signType };
}

function refuse(api: Api, exchange: Exchange, message: string): void {
  note(api, exchange, message);
  exchange.response.setHeader("Content-Type", "text/xml; charset=utf-8");
  exchange.response.end(writeXml({ return_code: "FAIL", return_msg: message }));
}

function note(api: Api, { request }: Exchange, issue: string): void {
  const { method = "", url = "" } = request;
  api.onRefused({ at: api.desk.now(), method, path: url.slice(0, 200), status: 200, code: "FAIL", issue });
}

function deliverV2(
  api: Api,
  { response }: Exchange,
  { endpoint, apiV2Key, signType }: Understood,
  answer: Answer,
  form: Form,
  params: ScriptParams,
): void {
  if (form === "hold") return;
  if (form === "reset") {
    resetConnection(response);
    return;
  }
  response.setHeader("Date", new Date(api.wireNow()).toUTCString());
  if (form === "html") {
    response.writeHead(answer.status, { "Content-Type": "text/html" });
    response.end(`<html><body><h1>${answer.status}</h1></body></html>`);
    return;
  }
  const fields = fieldsOf(api.desk.merchant, endpoint.operation, answer, params);
  const xml = form === "not-json" ? '{"return_code":"SUCCESS"}' : writeXml(signed(fields, apiV2Key, signType, params));
  response.setHeader("Content-Type", "text/xml; charset=utf-8");
  const bytes = Buffer.from(xml);
  if (form !== "truncated") {
    response.end(bytes);
    return;
  }
  response.setHeader("Content-Length", bytes.length);
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

function fieldsOf(
  merchant: Merchant,
  operation: OperationName,
  answer: Answer,
  params: ScriptParams,
): Readonly<Record<string, string>> {
  const mchid = answer.body?.["mchid"];
  return {
    ...{ return_code: "SUCCESS", return_msg: "OK", appid: merchant.appid },
    mch_id: typeof mchid === "string" ? mchid : merchant.mchid,
    nonce_str: randomBytes(8).toString("hex"),
    ...businessFields(operation, answer, params),
  };
}

/** V2 answers carry neither time nor key id: of the signature's faults only these two mean something. */
function signed(
  fields: Readonly<Record<string, string>>,
  apiV2Key: string,
  type: SignType,
  { signature }: ScriptParams,
): Readonly<Record<string, string>> {
  if (signature === "missing") return fields;
  const isForeign = signature === "wrong" || signature === "signtest" || signature === "unknown-serial";
  return { ...fields, sign: signV2(fields, isForeign ? `${apiV2Key}x` : apiV2Key, type) };
}
