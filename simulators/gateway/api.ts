import type { IncomingMessage, ServerResponse } from "node:http";
import { paramError, refusal, type Answer, type Read } from "./answer.ts";
import { refuseUnauthorized } from "./authorization.ts";
import { carryOut, word, type Api } from "./carry-out.ts";
import { deliver, type Signer } from "./delivery.ts";
import type { RefusedRequest } from "./ledger-view.ts";
import type { Call, OperationName } from "./operation.ts";
import { route } from "./operations.ts";
import { bodyLimitBytes, refuseBadManners } from "./request-rules.ts";
import { answerV2, isV2Path, type ClientCertificate } from "./v2/answer-v2.ts";
import { answerWeb, isWebPath } from "./web/answer-web.ts";

/** Answers one HTTP request of a till, from raw bytes to signed bytes. */
export async function answerRequest(
  api: Api,
  request: IncomingMessage,
  response: ServerResponse,
  certificate: ClientCertificate,
): Promise<void> {
  const body = await readBytes(request);
  api.desk.ledger.advance();
  if (isWebPath(request.url ?? "")) {
    answerWeb(api.desk, request, response);
    return;
  }
  if (isV2Path(request.url ?? "")) {
    answerV2(api, { request, response, body: body ?? new Uint8Array(), certificate });
    return;
  }
  const read = body === null ? tooLarge() : understand(api, request, body);
  if (read.ok) {
    const { name, call, signer } = read.value;
    carryOut(api, name, call, (answer, form, params) => {
      deliver(response, answer, { signer, nowMs: api.wireNow(), form, params });
    });
    return;
  }
  api.onRefused(describeRefused(request, read.answer, api.desk.now()));
  const signer = signerOf(api, request) ?? api.desk.certificates.ownSigner();
  deliver(response, read.answer, { signer, nowMs: api.wireNow(), form: "whole", params: {} });
}

function understand(
  api: Api,
  request: IncomingMessage,
  body: Uint8Array,
): Read<{ readonly name: OperationName; readonly call: Call; readonly signer: Signer }> {
  const method = request.method ?? "";
  const target = request.url ?? "";
  const { desk } = api;
  const refused =
    refuseBadManners(method, request.headers, body.length) ??
    refuseUnauthorized(desk.merchant, { method, target, body }, request.headers, api.wireNow());
  if (refused !== null) return { ok: false, answer: refused };
  const signer = signerOf(api, request);
  if (signer === null) return { ok: false, answer: foreignKey(request) };
  // The base is only there because URL wants one; the path is all that is used.
  const url = new URL(target, "http://gateway.invalid");
  const routed = route(method, url.pathname);
  if (!routed.ok) return routed;
  const { operation, pathParts } = routed.value;
  const call = operation.read(desk, { path: url.pathname, query: url.searchParams, body, pathParts });
  return call.ok ? { ok: true, value: { name: operation.name, call: call.value, signer } } : call;
}

/** In public-key mode a request names the key it wants the answer signed with. */
function signerOf(api: Api, request: IncomingMessage): Signer | null {
  const asked = request.headers["wechatpay-serial"];
  return api.desk.certificates.signerFor(Array.isArray(asked) ? asked[0] : asked);
}

function foreignKey(request: IncomingMessage): Answer {
  const issue = request.headers["wechatpay-serial"] === undefined ? "missing" : "not a key of this merchant";
  return paramError({ field: "Wechatpay-Serial", issue, location: "header" });
}

function describeRefused(request: IncomingMessage, answer: Answer, at: number): RefusedRequest {
  const { code, detail } = answer.body ?? {};
  const { field = "", issue = "" } = typeof detail === "object" && "issue" in detail ? detail : {};
  return {
    at,
    method: request.method ?? "",
    path: (request.url ?? "").slice(0, 200),
    status: answer.status,
    code: word(code),
    issue: `${word(field)} ${word(issue)}`.trim(),
  };
}

/** Null when the body is larger than any order may be; the rest is read and dropped. */
async function readBytes(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  // An IncomingMessage without encoding yields Buffers; its type does not say so.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= bodyLimitBytes) chunks.push(chunk);
  }
  return length <= bodyLimitBytes ? Buffer.concat(chunks) : null;
}

function tooLarge(): Read<never> {
  const detail = { field: "", issue: `longer than ${bodyLimitBytes} bytes`, location: "body" } as const;
  return { ok: false, answer: refusal(413, "PARAM_ERROR", "请求体过大", { detail }) };
}
