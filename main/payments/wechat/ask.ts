import type { KeyObject } from "node:crypto";
import type { UnknownCause } from "#core/tender/gateway-answer.ts";
import { type UnknownAnswer, unknownOf } from "./classify.ts";
import { exchange, type WireAnswer, type WireFault } from "./http.ts";
import { authorization, type MerchantIdentity } from "./sign.ts";
import { verifyAnswer } from "./verify.ts";

export type GatewayLog = (what: string, facts: Record<string, unknown>) => void;

/** Everything a signed conversation with the gateway needs. */
export interface GatewayLine {
  readonly baseUrl: URL;
  readonly merchant: MerchantIdentity;
  readonly appid: string;
  /** The key the gateway is asked to sign with. */
  readonly publicKeyId: string;
  /** By serial: while the gateway changes keys, answers may be signed by either. */
  readonly gatewayKeys: ReadonlyMap<string, KeyObject>;
  readonly requestTimeoutMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** 1–32 letters and digits, never the same twice. */
  readonly nonce: () => string;
  readonly log: GatewayLog;
  readonly onReachability: (state: "online" | "offline") => void;
}

export interface Question {
  readonly method: "GET" | "POST";
  readonly target: string;
  /** Sent as JSON; no value in it is ever null. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** An answer the gateway signed; the only kind a decision may rest on. */
export interface SignedReply {
  readonly kind: "signed";
  readonly status: number;
  /** The parsed JSON; undefined for an empty body. */
  readonly body: unknown;
  /** The error code in the body, as spelt. */
  readonly code: string | null;
}

const wireCauses = {
  timeout: "timeout",
  network: "network",
  "too-large": "unreadable",
} as const satisfies Record<WireFault["kind"], UnknownCause>;

/** Asks once. Never retries: which question may be asked twice is not decided here. */
export async function ask(line: GatewayLine, question: Question): Promise<SignedReply | UnknownAnswer> {
  const startedAtMs = line.now();
  const body = Buffer.from(question.body === undefined ? "" : JSON.stringify(question.body));
  const { method, target } = question;
  const answer = await exchange({
    baseUrl: line.baseUrl,
    method,
    target,
    headers: headersOf(line, method, target, body),
    body,
    timeoutMs: line.requestTimeoutMs,
  });
  const facts = { method, path: target, durationMs: line.now() - startedAtMs };
  if (!answer.ok) {
    line.log("gateway did not answer", { ...facts, fault: answer.fault.kind, detail: answer.fault.detail });
    if (answer.fault.kind !== "too-large") line.onReachability("offline");
    return { kind: "unknown", cause: wireCauses[answer.fault.kind], code: null };
  }
  return believe(line, answer.value, facts);
}

function headersOf(line: GatewayLine, method: "GET" | "POST", target: string, body: Buffer): Record<string, string> {
  const seconds = Math.floor(line.now() / 1_000);
  const headers = {
    Authorization: authorization(line.merchant, { method, target, body }, seconds, line.nonce()),
    Accept: "application/json",
    "User-Agent": "Tillway",
    "Wechatpay-Serial": line.publicKeyId,
  };
  if (body.length === 0) return headers;
  return { ...headers, "Content-Type": "application/json", "Content-Length": String(body.length) };
}

/** Verifies the bytes, then reads them. Of an answer that is not verified only the code is read, as a hint. */
function believe(line: GatewayLine, answer: WireAnswer, facts: Record<string, unknown>): SignedReply | UnknownAnswer {
  const { status } = answer;
  const trust = verifyAnswer(answer, line.gatewayKeys, line.now());
  const body = parseJson(answer.body);
  const code = body.ok ? codeOf(body.value) : null;
  line.log("gateway answered", {
    ...facts,
    status,
    requestId: brief(answer.headers["request-id"]),
    code,
    // A wrong clock is the commonest reason for distrust, and only this pair of times shows it.
    ...(trust.ok ? {} : { distrust: trust.fault, signedAt: brief(answer.headers["wechatpay-timestamp"]) }),
  });
  if (!trust.ok) {
    const cause = status >= 500 || status === 429 ? unknownOf(status, code).cause : "bad-signature";
    return { kind: "unknown", cause, code };
  }
  line.onReachability("online");
  if (!body.ok) return { kind: "unknown", cause: status >= 500 ? "server-error" : "unreadable", code: null };
  return { kind: "signed", status, body: body.value, code };
}

function parseJson(bytes: Buffer): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  if (bytes.length === 0) return { ok: true, value: undefined };
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return { ok: true, value };
  } catch {
    return { ok: false }; // not UTF-8 or not JSON: the caller calls it unreadable
  }
}

/** A header for the log: whoever answered may have written anything there. */
function brief(header: string | undefined): string | null {
  return header?.slice(0, 64) ?? null;
}

/** A code goes to the log and the screen, so only what looks like one is taken. */
function codeOf(body: unknown): string | null {
  if (typeof body !== "object" || body === null || !("code" in body)) return null;
  return typeof body.code === "string" && /^[A-Za-z][A-Za-z0-9_]{0,63}$/u.test(body.code) ? body.code : null;
}
