import type { IncomingMessage, ServerResponse } from "node:http";
import { paramError, refusal, type Answer, type Json, type Read } from "./answer.ts";
import { refuseUnauthorized } from "./authorization.ts";
import { deliver, type Platform } from "./delivery.ts";
import type { RefusedRequest } from "./ledger-view.ts";
import type { Call, Desk, OperationName } from "./operation.ts";
import { route } from "./operations.ts";
import { planOf, type Form, type Plan } from "./outcomes.ts";
import { bodyLimitBytes, refuseBadManners } from "./request-rules.ts";
import type { Script, ScriptParams, Scripts } from "./script.ts";

/** How long a slow answer is held back in real time, unless the script says otherwise: past the till's 30 s. */
const usualAnswerAfterMs = 35_000;
const plain: Plan = { performs: true };

/** Everything one request needs; the same for all. */
export interface Api {
  readonly desk: Desk;
  readonly platform: Platform;
  readonly scripts: Scripts;
  readonly onRefused: (refused: RefusedRequest) => void;
  /** Runs `work` after `ms` of real time, unless the gateway is closed before. */
  readonly later: (ms: number, work: () => void) => void;
}

/** Answers one HTTP request of a till, from raw bytes to signed bytes. */
export async function answerRequest(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBytes(request);
  api.desk.ledger.advance();
  const read = body === null ? tooLarge() : understand(api, request, body);
  if (read.ok) {
    const { name, call } = read.value;
    perform(api, response, name, call);
    return;
  }
  api.onRefused(describeRefused(request, read.answer, api.desk.now()));
  deliver(response, read.answer, { platform: api.platform, nowMs: api.desk.now(), form: "whole", params: {} });
}

function understand(api: Api, request: IncomingMessage, body: Uint8Array): Read<{ name: OperationName; call: Call }> {
  const method = request.method ?? "";
  const target = request.url ?? "";
  const { desk, platform } = api;
  const refused =
    refuseBadManners(method, request.headers, body.length) ??
    refuseUnauthorized(desk.merchant, { method, target, body }, request.headers, desk.now()) ??
    refuseForeignKey(request, platform);
  if (refused !== null) return { ok: false, answer: refused };
  // The base is only there because URL wants one; the path is all that is used.
  const url = new URL(target, "http://gateway.invalid");
  const routed = route(method, url.pathname);
  if (!routed.ok) return routed;
  const { operation, pathParts } = routed.value;
  const call = operation.read(desk, { path: url.pathname, query: url.searchParams, body, pathParts });
  return call.ok ? { ok: true, value: { name: operation.name, call: call.value } } : call;
}

/** In public-key mode a request names the key it wants the answer signed with; this gateway has only one. */
function refuseForeignKey(request: IncomingMessage, platform: Platform): Answer | null {
  const asked = request.headers["wechatpay-serial"];
  if (asked === platform.publicKeyId) return null;
  const issue = asked === undefined ? "missing" : "not a key of this merchant";
  return paramError({ field: "Wechatpay-Serial", issue, location: "header" });
}

function perform(api: Api, response: ServerResponse, name: OperationName, call: Call): void {
  const script = api.scripts.take(name, call);
  const plan = script === null ? plain : planOf(name, script.outcome);
  const params = script?.params ?? {};
  const own = plan.performs ? call.perform(scripted(api, plan, params)) : null;
  const send = () => {
    // A refusal stays what it was; only an accepted order can have moved on while the answer was held back.
    const hasMovedOn = plan.isSlow === true && own !== null && own.status < 300;
    const now = hasMovedOn ? (call.restate?.() ?? own) : own;
    const form = plan.form ?? "whole";
    const answer = shape(plan, now);
    note(api, call, name, answer, form, script);
    deliver(response, answer, { platform: api.platform, nowMs: api.desk.now(), form, params });
  };
  const holdMs = params.answerAfterMs ?? (plan.isSlow === true ? usualAnswerAfterMs : 0);
  if (holdMs === 0) {
    send();
    return;
  }
  api.later(holdMs, () => {
    api.desk.ledger.advance();
    send();
  });
}

function scripted(api: Api, plan: Plan, params: ScriptParams): Parameters<Call["perform"]>[0] {
  const { queryDelayMs } = params;
  return {
    ...(plan.phone === undefined ? {} : { phone: plan.phone(api.desk.now(), params.settleAfterMs) }),
    ...(queryDelayMs === undefined ? {} : { queryDelayMs }),
  };
}

function shape(plan: Plan, own: Answer | null): Answer {
  // What a reset or a held socket would have said is never seen; it still needs a shape.
  const base = plan.says?.() ?? own ?? refusal(500, "SYSTEM_ERROR", "系统异常");
  return plan.alters === undefined || base.body === null ? base : { ...base, body: plan.alters(base.body) };
}

/** Writes into the book what the till was told, before it is told. */
function note(api: Api, call: Call, name: OperationName, answer: Answer, form: Form, script: Script | null): void {
  const code = word(answer.body?.["code"] ?? answer.body?.["trade_state"]);
  const told = form === "hold" || form === "reset" ? form : `${answer.status} ${code}`.trim();
  const by = script === null ? "" : ` (script ${script.outcome})`;
  const { outTradeNo } = call;
  api.desk.ledger.record({ kind: "request", at: api.desk.now(), outTradeNo, operation: name, answer: `${told}${by}` });
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

function word(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
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
